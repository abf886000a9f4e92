"""What is said around the App Home: the greeting of the Messages tab, where something began, the offer to start."""

from bot.blocks import Button, Message, actions, context, message, section
from bot.mrkdwn import Mrkdwn, link
from bot.words import Words
from dialogs import home_screens as h

PROMPTS = (
    ("Do we need level 4?", "do we really need level 4?"),
    ("What comes first?", "what should we do first to get from level 0 to level 1?"),
    ("Start an assessment", "start"),
    ("Where do we stand?", "portfolio"),
)  # a title, and what is said for whoever chooses it; also in the manifest's variant for agents


def greeting(_: h.Greeting, words: Words, *, agent: bool) -> Message:
    """The first message; as an agent the bot hangs its prompts into the tab instead of into the message."""
    (level, asked), (first, wondered), (start, _said), (where, _told) = PROMPTS
    buttons = actions(
        Button(level, "run", argument=f"ask {asked}", unique="level"),
        Button(first, "run", argument=f"ask {wondered}", unique="first"),
        Button(start, "start-form", style="primary"),
        Button(where, "run", argument="portfolio", unique="portfolio"),
    )
    shown = None if agent else buttons
    return message(section(words("home.greeting")), shown, context(words("home.greeting_foot")))


def start_here(_: h.StartHere, words: Words) -> Message:
    """In a direct message, asks which channel's team it is about."""
    return message(
        section(words("home.start_here")), actions(Button("Choose the channel", "start-form", style="primary"))
    )


def started_in(screen: h.StartedIn, words: Words, workspace_url: str) -> Message:
    """Begun elsewhere, and where."""
    mode = "quick: the overall level first" if screen.mode == "quick" else "full: every question"
    mode = "again: only what may have changed" if screen.again else mode
    direct = screen.channel.startswith("D")
    url = f"{workspace_url.rstrip('/')}/archives/{screen.channel}" if workspace_url else ""
    text = words(
        "home.started_in",
        subject=screen.subject,
        channel="our direct message" if direct else f"#{screen.channel_name}",
        mode=mode,
        link=link(url, "Go there") if url else Mrkdwn(""),
    )
    return message(section(text))
