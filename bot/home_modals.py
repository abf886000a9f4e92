"""The modals of the App Home: beginning an assessment, a channel's settings, the last result, and private answers."""

from collections.abc import Iterable

from bot.blocks import Block, Message, context, option, plain, section
from bot.limits import PLACEHOLDER
from bot.modal_parts import FIELD, Json, form, input_block, modal, text_input
from bot.mrkdwn import join
from bot.naming import area_title
from bot.speak_answers import permalink
from bot.speak_report import in_short
from bot.words import Words
from dialogs import home_screens as h
from knowledge.content import DIMENSIONS

_SUBJECT = 200  # typed characters; what is too long for a subject is told, not cut
_KINDS = (("quick", "Quick"), ("full", "Full"), ("again", "Again"))


def draw_home_modal(view: h.HomeView, words: Words, workspace_url: str) -> Json:
    """One of these modals."""
    match view:
        case h.StartForm():
            return start_form(view, words)
        case h.SettingsForm():
            return settings_form(view, words)
        case h.ResultView():
            return result_view(view, words, workspace_url)


def start_form(view: h.StartForm, words: Words) -> Json:
    """Asks where, what, and how much."""
    options = [option(label, kind, words(f"home.start_{kind}")) for kind, label in _KINDS]
    kinds: Json = {"type": "radio_buttons", "action_id": FIELD, "options": options, "initial_option": options[0]}
    where = channel_picker(FIELD, "Choose a channel") | {"default_to_current_conversation": True}
    blocks = [
        section(words("home.start_intro")),
        input_block("channel", "Channel", where, optional=False),
        input_block("subject", "Subject", text_input("Blank: the channel's team", "", _SUBJECT)),
        input_block("kind", "How much", kinds, optional=False),
    ]
    return modal("Start an assessment", blocks, submit="Start") | form("start", None, 0, f"- {view.wish}")


def channel_picker(action_id: str, placeholder: str, chosen: str = "") -> Json:
    """A menu of public and private channels."""
    drawn: Json = {
        "type": "conversations_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER),
        "filter": {"include": ["public", "private"]},
    }
    return drawn | ({"initial_conversation": chosen} if chosen else {})


def settings_form(view: h.SettingsForm, words: Words) -> Json:
    """What `settings` sets, with what holds now filled in; switches that are for admins only admins see."""
    country = "none" if view.country == "" else view.country or ""
    blocks: list[Block] = [
        section(words("home.settings_intro", channel=f"#{view.channel_name}")),
        input_block(
            "zone", "Time zone", text_input("As in people's profiles", view.zone, 100), words("home.settings_zone")
        ),
        input_block("country", "Country", text_input("That of the zone", country, 100), words("home.settings_country")),
    ]
    if view.admin:
        guests = _switch("Guests may take part", "Guests may not take part", on=view.guests)
        ranking = _switch("Sorted by the gap to the target", "By channel and name", on=view.ranking)
        blocks.append(input_block("guests", "Guests in this channel", guests, optional=False))
        label = "Order of the portfolio"
        blocks.append(input_block("ranking", label, ranking, words("home.settings_ranking"), optional=False))
    else:
        blocks.append(context(words("home.settings_guests", guests=view.guests)))
    carried = form("settings", None, 0, f"{view.channel} {view.wish}")
    return modal("Settings", blocks, submit="Save") | carried


def _switch(on_label: str, off_label: str, *, on: bool) -> Json:
    options = [option(on_label, "on"), option(off_label, "off")]
    return {
        "type": "radio_buttons",
        "action_id": FIELD,
        "options": options,
        "initial_option": options[0 if on else 1],
    }


def result_view(view: h.ResultView, words: Words, workspace_url: str) -> Json:
    """The last result in short: its summary, each dimension, and where the whole report is."""
    floor = view.judgement.score.floor
    levels = [
        words("team.dimensions", title=area_title(words.library, key), level=floor.dimensions[key])
        for key in DIMENSIONS
    ]
    short = in_short(view.state, view.judgement, words, in_thread=False)
    blocks = [section(short), section(join(levels))]
    where = permalink(workspace_url, view.state)
    return modal("Last result", [*blocks, *([context(where)] if where else [])], close="Close")


def told(messages: Iterable[Message], channel: str, wish: str) -> Json:
    """What would be said privately in a channel, as a modal; its buttons are about that channel."""
    blocks = [block for message in messages for block in message.blocks]
    return modal("MLOps maturity", blocks, close="Close") | form("told", None, 0, f"{channel or '-'} {wish}")
