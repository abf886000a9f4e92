"""How everything looks and sounds: every screen and modal drawn, held against limits and contracts, and read."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from bot import limits
from bot.blocks import Message
from bot.buttons import FORMS, button_value, metadata, read_metadata, read_value
from bot.mrkdwn import Mrkdwn, cut, escape, pieces
from bot.speak import Place, speak, speak_answer
from bot.views import draw
from bot.words import Words, environment
from dialogs import screens as s
from dialogs.effects import Answer
from dialogs.judgement import judge
from knowledge.library import Library, load_library
from screens import FOR_LEVEL_4, NASTY, D, drawn_homes, gallery, given, provisional, state_of, teams, up_to, views

SCHEMA = Path(__file__).parents[1].parent / "shared" / "slack" / "blockkit.schema.json"
PLACE = Place("https://acme.slack.com/")
# Only a company's own rules read a fact that has a default first, and only its own tools may have no source.
UNREACHED = {"why.fact_default", "need.fact_default", "topics.reviewed"}
# Said by pictures and uploads: tests/test_charts.py, test_report_files.py.
ELSEWHERE = ("charts.", "files.pictures", "files.export")


class Listening(Words):
    """Words that remember which of them were used."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.used: set[str] = set()

    def __call__(self, name: str, /, **given: Any) -> Mrkdwn:
        self.used.add(name)
        return super().__call__(name, **given)


@cache
def library() -> Library:
    return load_library()


@cache
def words() -> Listening:
    return Listening(library())


@cache
def messages() -> Mapping[str, Message]:
    return {name: speak(screen, words(), PLACE) for name, screen in gallery(library()).items()}


@cache
def modals() -> Mapping[str, dict[str, Any]]:
    return {name: draw(view, words()) for name, view in views(library()).items()}


def said(screen: s.Screen) -> str:
    return speak(screen, words(), PLACE).text


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a payload, itself included."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from parts(inner)


def labels(message: Message) -> list[str]:
    return [part["text"]["text"] for part in parts(message.blocks) if part.get("type") == "button"]


# --- complete ---


def test_every_screen_is_in_the_gallery() -> None:
    assert {type(screen) for screen in gallery(library()).values()} == set(get_args(s.Screen))


def test_every_modal_is_in_the_gallery() -> None:
    assert {type(view) for view in views(library()).values()} == set(get_args(s.View))


def test_no_words_are_unused_and_none_are_missing() -> None:
    messages()
    modals()
    drawn_homes(library(), words())
    drawn = {name for name in words().names if not name.startswith(ELSEWHERE)}
    assert drawn - words().used == UNREACHED


def test_every_problem_has_words_of_its_own() -> None:
    kinds = get_args(s.Problem.__annotations__["kind"])
    texts = [messages()[f"problem {kind}"].text for kind in kinds]
    assert len(set(texts)) == len(kinds)


# --- limits and contracts ---

_LONGEST = {
    ("mrkdwn", "text"): limits.SECTION_TEXT,
    ("button", "value"): limits.BUTTON_VALUE,
    ("button", "accessibility_label"): limits.ACCESSIBILITY_LABEL,
}


def doubts(payload: Any) -> list[str]:
    """What is too long, too many, or there twice."""
    found = []
    for part in parts(payload):
        kind = part.get("type", "")
        found += [f"{k}.{f} too long" for (k, f), n in _LONGEST.items() if k == kind and len(part.get(f, "")) > n]
        if kind == "button" and len(part["text"]["text"]) > limits.BUTTON_TEXT:
            found.append("button text too long")
        if "options" in part and not 1 <= len(part["options"]) <= limits.SELECT_OPTIONS:
            found.append("number of options")
        if kind == "overflow" and len(part["options"]) > limits.OVERFLOW_OPTIONS:
            found.append("overflow too long")
        if kind == "radio_buttons" and len(part["options"]) > limits.RADIO_OPTIONS:
            found.append("too many radio buttons")
        values = [option["value"] for option in part.get("options", ())]
        found += [f"option value {v!r}" for v, n in Counter(values).items() if n > 1 or len(v) > limits.OPTION_VALUE]
        initial = [part["initial_option"]] if "initial_option" in part else part.get("initial_options", [])
        found += ["initial option not among options" for each in initial if each not in part["options"]]
        if kind == "context" and len(part["elements"]) > limits.CONTEXT_ELEMENTS:
            found.append("context too long")
        if kind == "actions" and not 1 <= len(part["elements"]) <= limits.ACTIONS_ELEMENTS:
            found.append("number of buttons")
        if kind in ("mrkdwn", "plain_text") and not part["text"]:
            found.append("empty text")
    return found


def action_ids(blocks: Any) -> list[str]:
    return [part["action_id"] for part in parts(blocks) if "action_id" in part]


def test_every_message_keeps_to_our_table_of_limits() -> None:
    wrong = {name: doubts(message.blocks) for name, message in messages().items() if doubts(message.blocks)}
    assert wrong == {}
    assert max(len(message.blocks) for message in messages().values()) <= limits.MESSAGE_BLOCKS
    assert max(len(message.text) for message in messages().values()) <= limits.MESSAGE_TEXT


def test_every_modal_keeps_to_our_table_of_limits() -> None:
    assert {name: doubts(view) for name, view in modals().items() if doubts(view)} == {}
    for view in modals().values():
        assert len(view["title"]["text"]) <= limits.MODAL_TITLE
        assert len(view["blocks"]) <= limits.MODAL_BLOCKS
        assert len(json.dumps(view)) < 250_000
        fields = [block["block_id"] for block in view["blocks"] if "block_id" in block]
        assert len(fields) == len(set(fields))
        assert ("submit" in view) is bool(fields)


def test_every_message_has_words_for_who_cannot_see_its_blocks() -> None:
    assert [name for name, message in messages().items() if not message.text.strip()] == []
    assert [name for name, message in messages().items() if re.search("[▰▱]", message.text)] == []


def test_no_two_buttons_of_a_message_share_an_action_id() -> None:
    twice = {n: Counter(action_ids(m.blocks)).most_common(1) for n, m in messages().items() if action_ids(m.blocks)}
    assert {name: top for name, top in twice.items() if top[0][1] > 1} == {}


def test_every_button_and_menu_entry_can_be_read_back() -> None:
    values = {part["value"] for m in messages().values() for part in parts(m.blocks) if "value" in part}
    assert [value for value in values if read_value(value) is None] == []
    assert len(values) > 100


def test_every_modal_sent_off_can_be_read_back() -> None:
    sent = [view for view in modals().values() if "submit" in view]
    read = [read_metadata(view["private_metadata"]) for view in sent]
    assert {each.action for each in read if each} == set(FORMS) - {"told"}
    assert None not in read
    assert all(view["callback_id"] == view["private_metadata"].partition("|")[0] for view in sent)


@cache
def contract(name: str) -> jsonschema.Draft7Validator:
    if not SCHEMA.exists():
        pytest.skip("../shared/slack is not here: the messages are held against our own limits only")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator({**schema, "$ref": f"#/definitions/{name}"})


def test_slacks_contract_refuses_what_it_should() -> None:
    broken = {"text": "x", "channel": "C1", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": ""}}]}
    assert not contract("Message").is_valid(broken)


def test_every_message_fits_slacks_contract() -> None:
    check = contract("Message")
    wrong = []
    for name, message in messages().items():
        payload = json.loads(json.dumps({"text": message.text, "channel": "C1", "blocks": message.blocks}))
        wrong += [(name, error.message[:200]) for error in check.iter_errors(payload)]
    assert wrong == []


def test_every_modal_fits_slacks_contract() -> None:
    check = contract("ModalView")
    wrong = {name: error.message[:200] for name, view in modals().items() for error in check.iter_errors(view)}
    assert wrong == {}


# --- people's text is no markup ---


def mrkdwn_texts(message: Message) -> Iterator[str]:
    yield message.text
    yield from (part["text"] for part in parts(message.blocks) if part.get("type") == "mrkdwn")


def test_nobodys_text_becomes_a_mention_a_link_or_formatting() -> None:
    forbidden = ("<!", "<@", "<#", "<https://example.org", "*bold*", "_it_", "~gone~", "`code`")
    shown = {n: [t.replace("<@UOWNER>", "") for t in mrkdwn_texts(m)] for n, m in messages().items()}  # ours to write
    wrong = {n: t for n, texts in shown.items() for t in texts for f in forbidden if f in t}
    assert wrong == {}
    assert sum("&lt;!channel&gt;" in text for m in messages().values() for text in mrkdwn_texts(m)) > 30


def test_no_text_turns_names_or_addresses_into_links_by_itself() -> None:
    texts = [part for m in messages().values() for part in parts(m.blocks) if part.get("type") == "mrkdwn"]
    assert all(part["verbatim"] is True for part in texts)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("R&D", "R&amp;D"),
        ("*now*", "\N{ASTERISK OPERATOR}now\N{ASTERISK OPERATOR}"),
        ("~old~", "\N{TILDE OPERATOR}old\N{TILDE OPERATOR}"),
        ("`rm`", "'rm'"),
        ("_so_", "ˍsoˍ"),
        ("use_cases stay", "use_cases stay"),
        ("two\n> lines", "two &gt; lines"),
        ("turned\u202eround", "turnedround"),
        ("שלום", "שלום"),
    ],
)
def test_typed_text_shows_its_letters_and_nothing_more(typed: str, shown: str) -> None:
    assert escape(typed) == shown


def test_text_that_is_mrkdwn_already_is_not_escaped_twice() -> None:
    assert escape(escape("a & b")) == "a &amp; b"


def test_cutting_never_leaves_half_an_escaped_sign_or_half_a_link() -> None:
    assert cut("ab &amp; cd", 6) == "ab…"
    assert cut("<https://example.org|here> and there", 12) == "…"
    assert cut("short", 5) == "short"


def test_long_text_is_split_at_its_line_ends() -> None:
    assert pieces("one\ntwo\nthree", 7) == ["one\ntwo", "three"]


def test_words_that_miss_something_say_which_words_they_are() -> None:
    with pytest.raises(Exception, match="undefined") as caught:
        words()("question.folded_skipped", number=1)
    assert caught.value.__notes__ == ["while filling in the words 'question.folded_skipped'"]


def test_an_error_in_a_screen_names_the_screen() -> None:
    with pytest.raises(KeyError) as caught:
        speak(s.WhyPractice("M9-C-1"), words(), PLACE)
    assert "while drawing the screen WhyPractice" in caught.value.__notes__


def test_a_template_never_shows_none() -> None:
    with pytest.raises(TypeError, match="puts out None"):
        environment().from_string("{{ name }}").render(name=None)


# --- what buttons carry ---


def test_a_button_carries_an_argument_with_bars() -> None:
    value = button_value("run", argument="start a|b")
    assert value == "run||0|start a|b"
    assert read_value(value) == ("run", None, 0, "start a|b")


@pytest.mark.parametrize("value", ["", "vote|d|1|x", "run|d|1", "run|d|-1|x", "run|d|²|x", "run|d|1234567890|x"])
def test_a_value_that_is_not_ours_is_no_button(value: str) -> None:
    assert read_value(value) is None


def test_a_modal_that_is_not_ours_is_not_read() -> None:
    assert read_metadata(metadata("vote", "d", 1)) is None


def test_a_button_value_too_long_for_slack_is_an_error() -> None:
    with pytest.raises(ValueError, match="longer than 2000"):
        button_value("run", argument="x" * 2000)


# --- read aloud ---


def test_a_question_says_where_we_are_and_what_yes_means() -> None:
    practice = library().practices["M2-C-1"]
    message = messages()["question M2-C-1"]
    first, second, third = message.text.split("\n")[:3]
    assert first == "*Model creation · 4 of about 28*"
    assert second == f"*{practice.question}*"
    assert third.startswith("Yes means: ")
    assert labels(message) == ["Yes", "Partly", "No", "Don't know", "Answer as a form"]
    menu = next(part for part in parts(message.blocks) if part.get("type") == "overflow")
    entries = [option["text"]["text"] for option in menu["options"]]
    assert entries == ["Why we ask", "Back", "Skip", "Pause", "Finish early"]


def test_not_applicable_is_offered_only_where_the_practice_says_when() -> None:
    offering = {n.removeprefix("question ") for n, m in messages().items() if "Not applicable" in labels(m)}
    assert offering == {"M2-C-10", "M4-C-4", "G1-12", "X-personal-data"} & {p.id for p in library().asked()}


def test_a_question_of_no_dimension_names_googles_ladder_or_every_live_model() -> None:
    assert messages()["question G1-7"].text.startswith("*Google's ladder · 4 of about 28*")
    assert messages()["question X-owner"].text.startswith("*Every live model · 4 of about 28*")


def test_an_answered_question_folds_into_one_line_with_edit() -> None:
    message = messages()["folded partly"]
    title = library().practices["M2-C-1"].title
    assert message.text == f"3. {title} · *partly* · Ana"
    assert labels(message) == ["Edit"]
    assert labels(messages()["folded skipped"]) == ["Answer"]
    assert labels(messages()["folded again"]) == []


def test_a_private_correction_says_who_when_and_what() -> None:
    message = messages()["already answered"]
    assert message.text == "Ana answered this on 3 Nov (*partly*). Change it to *yes*?"
    assert labels(message) == ["Keep", "Change to Yes"]


def test_a_team_at_its_target_is_told_to_stop() -> None:
    text = messages()["report done"].text
    assert "*You are at level 2 (Automated Training), and that is your target. Stop here.*" in text


def test_a_team_that_needs_and_has_the_last_level_is_not_told_of_a_further_one() -> None:
    text = messages()["report top"].text
    assert "*You are at level 4, the last one, and it is your target.*" in text
    assert "Going further" not in text


def test_a_team_below_its_target_is_told_how_far_it_is() -> None:
    assert (
        "Level 2 (Automated Training) is the right target for you: 1 level to go.*"
        in messages()["report one below"].text
    )


def test_a_provisional_level_says_what_would_settle_it() -> None:
    state = state_of(provisional(library()), teams(library())["done"].known_facts())
    judgement = judge(library(), state.choices(), state.known_facts())
    text = said(s.Report(D, state, judgement, ()))
    assert "*Provisional*: level 1, up to 2." in text
    assert "(M2-C-8)" in text
    assert "(M2-C-4)" in text


def test_why_names_the_points_the_gates_and_who_answered() -> None:
    text = messages()["why model-creation one below"].text
    assert re.search(r"\d+ of \d+ points \(75 % are needed\)", text)
    assert "*no*, Ana, 3 Nov" in text


def test_why_the_target_names_rules_facts_and_who_gave_them() -> None:
    text = messages()["why target one below"].text
    assert "*Target: level 2*" in text
    assert "3 use cases are live." in text
    assert "T2-use-cases" in text
    assert "Use cases live: *3* (Ana, 3 Nov)" in text


def test_no_braces_of_a_rule_are_left_unfilled() -> None:
    assert [name for name, message in messages().items() if re.search(r"\{\w+\}", message.text)] == []


def test_what_is_missing_for_level_4_is_named() -> None:
    state = state_of(up_to(library(), 2), FOR_LEVEL_4)
    judgement = judge(library(), state.choices(), state.known_facts())
    assert "To close before level 4" in said(s.WhyNumber("target", state, judgement))


def test_a_tool_that_the_team_has_is_named_as_such() -> None:
    assert "you already have MLflow" in messages()["report one below"].text


def test_one_of_a_thing_is_not_several() -> None:
    texts = "\n".join(message.text for message in messages().values())
    assert re.findall(r"\b1 (?:questions|answers|levels|minutes|facts)\b", texts) == []


def test_only_a_private_answer_that_can_be_shared_gets_the_button() -> None:
    answer = Answer(s.LevelPage("microsoft", 2), share="level 2")
    private = speak_answer(answer, words(), PLACE, private=True)
    assert labels(private)[-1] == "Share in channel"
    assert private.blocks[-1]["elements"][0]["value"] == "share||0|level 2"
    assert "Share in channel" not in labels(speak_answer(answer, words(), PLACE, private=False))
    assert "Share in channel" not in labels(speak_answer(Answer(s.Help()), words(), PLACE, private=True))


def test_a_running_assessment_links_to_its_thread() -> None:
    text = said(s.AlreadyRunning(state_of({}), 3))
    assert "<https://acme.slack.com/archives/C1/p1700000000000100|Open the thread>" in text


def test_the_edit_form_shows_the_answer_and_the_note_so_far() -> None:
    view = draw(s.EditForm(D, "M2-C-1", 3, given("partly", note="only fraud"), 7), words())
    choice, note, _evidence, _last_run = view["blocks"]
    assert choice["element"]["initial_option"]["value"] == "partly"
    assert note["element"]["initial_value"] == "only fraud"
    assert view["private_metadata"] == f"edit|{D}|7|M2-C-1"


def test_the_facts_form_leaves_every_field_optional_and_fills_in_what_is_known() -> None:
    view = modals()["facts 1 filled"]
    inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert set(inputs) == {key for key, fact in library().facts.items() if fact.step == 1}
    assert all(block["optional"] for block in inputs.values())
    assert inputs["use_cases"]["element"]["initial_value"] == "3"
    assert inputs["stage"]["element"]["initial_option"]["value"] == "production"


def test_a_name_with_markup_is_shown_as_typed_on_a_button() -> None:
    message = messages()["near subject"]
    assert labels(message)[0].startswith(f"Yes, {NASTY[:30]}")


def test_nobody_is_told_to_stop_while_the_target_may_still_rise() -> None:
    report, summary = messages()["report reached so far"].text, messages()["summary reached so far"].text
    assert "as far as the facts are known, level 2 is the target" in report
    assert "The target could still rise; it waits for: Importance" in report
    assert "Stop here" not in report
    assert "you are done" not in summary


def test_a_step_says_what_to_know_about_its_tools() -> None:
    caution = library().tools["mlflow"].caution
    assert caution is not None
    assert f"Caution, MLflow: {caution[:30]}" in messages()["report one below"].text
