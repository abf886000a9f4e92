"""Questions about the team are answered from what was said: by whom, when, by which rule, and what would turn it."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest

from bot.speak import Place, speak
from bot.words import Words
from dialogs.answer_screens import Need, NeedForm, NeedResult, Refused, TeamPage, TopicPage, WhichSubject
from dialogs.answering import Reply, answer_question
from dialogs.answers import Choice, FactValue
from dialogs.commands import answer_command
from dialogs.effects import Answer, Effect, Miss, Rate, Redraw, Refuse, Whisper
from dialogs.engine import command
from dialogs.events import Commanded, Person, Pressed, Submitted
from dialogs.privacy_screens import SecretSeen
from dialogs.screens import Done
from dialogs.script import load_script
from dialogs.settling import settling_facts
from dialogs.state import State
from dialogs.surroundings import Past, Surroundings
from screens import FOR_LEVEL_4, NASTY, PRODUCTION, TOP, state_of, up_to
from stage import shipped_index

LIBRARY = shipped_index().library
SCRIPT = load_script(LIBRARY)
WORDS = Words(LIBRARY)
PLACE = Place("https://acme.slack.com/", "#ml-platform")
AT = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)
ANA = Person("U1", "Ana")
BASE: dict[str, Any] = {"workspace": "T1", "channel": "C1", "person": ANA, "at": AT}


def team(answers: Mapping[str, Choice], facts: Mapping[str, FactValue], **fields: Any) -> State:
    return state_of(answers, facts, phase="finished", **fields)


def asked(text: str, *states: State, past: Mapping[str, tuple[Past, ...]] | None = None) -> Reply:
    event = Commanded(key="s:1", text=text, by="slash", channel_name="ml", found=shipped_index().ask(text), **BASE)
    return answer_question(SCRIPT, Surroundings(states, past or {}), event, text, event.found)


def told(text: str, *states: State, **more: Any) -> str:
    return speak(asked(text, *states, **more).screen, WORDS, PLACE).text


LEVEL_2 = team(up_to(LIBRARY, 2), PRODUCTION)


# Need -----------------------------------------------------------------------------------------------------------------


def test_without_an_assessment_the_answer_is_general_and_says_so() -> None:
    reply = asked("do we really need level 4?")

    assert isinstance(reply.screen, TopicPage)
    assert reply.screen.unknown_team
    message = speak(reply.screen, WORDS, PLACE)
    assert message.text.startswith("*In general: rarely.")
    assert "nothing is stored about a team" in message.text
    labels = [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]
    assert {"Answer the questions that settle it", "Full assessment", "Helpful", "Not helpful"} <= set(labels)


def test_with_one_the_verdict_opens_and_each_reason_names_who_said_it_when_and_by_which_rule() -> None:
    text = told("do we really need level 4?", LEVEL_2)

    assert text.startswith("*No. Level 2 is the right target for fraud-detection, and you are there.*")
    assert "Use cases live: 3, Ana, 3 Nov 2026; T2-use-cases, at least level 2" in text
    assert "No reason for level 4 holds:" in text
    assert re.search(r"No reason for level 4 holds: Use cases live: 3, Ana, 3 Nov 2026; [^•]*, Ana, 3 Nov 2026", text)
    assert "*What would change it*" in text
    assert "makes the answer “not yet”" in text
    assert "*Next*: nothing; stop here" in text
    assert "From the assessment of fraud-detection, 3 Nov 2026" in text
    assert "(reviewed 2026-11-20)" in text


@pytest.mark.parametrize(
    ("level", "answers", "facts", "opens"),
    [
        (2, up_to(LIBRARY, 1), PRODUCTION, "*Yes. Level 2 is the target"),
        (2, up_to(LIBRARY, 2), PRODUCTION, "*You have it."),
        (3, up_to(LIBRARY, 3), PRODUCTION, "*You have it already, and more than you need"),
        (4, up_to(LIBRARY, 2), FOR_LEVEL_4, "*Not yet. There is a reason for level 4"),
        (3, up_to(LIBRARY, 2), PRODUCTION, "*Not yet. Level 2 is the right target"),
        (3, up_to(LIBRARY, 1), {"stage": "production"}, "*That is open"),
        (4, up_to(LIBRARY, 4), TOP, "*You have it."),
    ],
)
def test_every_verdict_has_its_sentence(
    level: int, answers: Mapping[str, Choice], facts: Mapping[str, FactValue], opens: str
) -> None:
    assert told(f"do we need level {level}", team(answers, facts)).startswith(opens)


def test_what_keeps_a_needed_level_away_is_named_with_the_answer_that_says_so() -> None:
    text = told("do we need level 2", team(up_to(LIBRARY, 1), PRODUCTION))

    assert "*What is missing*" in text
    assert "(M2-P-1): no, Ana, 3 Nov 2026" in text
    assert "*Next*: " in text


def test_readiness_that_is_open_is_named_where_there_is_a_need() -> None:
    text = told("do we need level 4", team(up_to(LIBRARY, 2), FOR_LEVEL_4))

    assert "*To close before level 4*" in text
    assert "(R1: not met)" in text
    assert "(R6: not known)" in text


# The few questions that settle it -------------------------------------------------------------------------------------


def test_the_questions_that_settle_a_level_are_those_its_rules_read() -> None:
    assert settling_facts(LIBRARY, 4) == ("use_cases", "staleness", "adaptive")
    assert settling_facts(LIBRARY, 3) == ("use_cases", "importance", "retraining")
    assert settling_facts(LIBRARY, 2) == ("use_cases", "use_cases_planned", "retraining")
    assert settling_facts(LIBRARY, 1) == ("stage",)


def test_the_button_opens_them_as_a_form() -> None:
    (opened,) = pressed("need", "4")

    assert opened.view == NeedForm(4, ("use_cases", "staleness", "adaptive"))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (
            {"use_cases": "2", "staleness": "none", "adaptive": "false"},
            "*No: these facts ask for level 1, not for level 4",
        ),
        ({"use_cases": "30", "staleness": "none", "adaptive": "false"}, "*Not yet: there is a reason for level 4"),
        ({"use_cases": "2", "staleness": "costly", "adaptive": None}, "*Not yet: there is a reason for level 4"),
        ({"use_cases": None, "staleness": None, "adaptive": None}, "*Still open"),
    ],
)
def test_the_form_is_answered_in_its_place_and_nothing_is_kept(values: dict[str, str | None], says: str) -> None:
    (answered,) = submitted("4", values)

    assert isinstance(answered, Redraw)
    assert isinstance(answered.view, NeedResult)
    from bot.views import draw

    blocks = draw(answered.view, WORDS)["blocks"]
    assert blocks[0]["text"]["text"].startswith(says)
    assert "Nothing was stored." in " ".join(block["text"]["text"] for block in blocks if block["type"] == "section")


def test_a_number_that_is_none_is_refused_at_its_field() -> None:
    (refused,) = submitted("4", {"use_cases": "many", "staleness": None, "adaptive": None})

    assert isinstance(refused, Refuse)
    assert set(refused.errors) == {"use_cases"}


@pytest.mark.parametrize("argument", ["7", "", "x"])
def test_a_need_button_of_nowhere_is_answered_privately(argument: str) -> None:
    assert pressed("need", argument) == (Whisper(Done("rated-old")),)


# The team's own -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("what level are we", "*fraud-detection is at level 2, target 2.*"),
        ("what is holding us back", "*What holds fraud-detection at level 2: "),
        ("what should we do next", "*fraud-detection has what its target needs (level 2). Stop here.*"),
        ("what is our target", "*The target of fraud-detection is level 2 (Automated Training).*"),
        ("are we better than last year", "*fraud-detection: assessed once, at level 2"),
        ("show me our answers", "*fraud-detection: 66 answers.*"),
    ],
)
def test_a_question_about_us_is_answered_from_the_last_assessment(question: str, opens: str) -> None:
    reply = asked(question, LEVEL_2)

    assert isinstance(reply.screen, TeamPage)
    assert speak(reply.screen, WORDS, PLACE).text.startswith(opens)


def test_the_next_steps_open_with_the_first() -> None:
    text = told("what should we work on next", team(up_to(LIBRARY, 1), PRODUCTION))

    assert text.startswith("*Next for fraud-detection: ")
    assert "Why: " in text


def test_answers_are_narrowed_to_what_the_question_names() -> None:
    text = told("what did we say about monitoring", LEVEL_2)

    assert "on monitoring" in text
    assert "(X-monitoring): yes, Ana, 3 Nov 2026" in text
    assert "M1-C-2" not in text


def test_history_tells_how_the_level_moved() -> None:
    past = {LEVEL_2.subject_key: (Past(AT, 2, 2), Past(AT.replace(year=2025), 1, 2))}

    text = told("are we better than last year", LEVEL_2, past=past)

    assert text.startswith("*fraud-detection: from level 1 on 26 Nov 2025 to level 2.*")


def test_with_several_subjects_each_is_named_and_a_button_answers_for_it() -> None:
    churn = team(up_to(LIBRARY, 1), PRODUCTION, id="d2", subject="churn model", subject_key="churnmodel")
    reply = asked("what level are we", LEVEL_2, churn)

    assert isinstance(reply.screen, WhichSubject)
    text = speak(reply.screen, WORDS, PLACE).text
    assert "fraud-detection: level 2, target 2" in text
    assert "churn model: level 1, target 2" in text
    assert told("team/level for churn model", LEVEL_2, churn).startswith("*churn model is at level 1")


def test_a_subject_named_in_the_question_is_the_one_meant() -> None:
    churn = team(up_to(LIBRARY, 1), PRODUCTION, id="d2", subject="churn model", subject_key="churnmodel")

    assert told("what level is our churn model at", LEVEL_2, churn).startswith("*churn model is at level 1")
    assert told("what level are our churns at", LEVEL_2, churn).startswith("*Which one?*")


# Refusals, ratings ----------------------------------------------------------------------------------------------------


def test_a_refusal_offers_the_nearest_topics_and_whom_to_ask_and_is_noted_once() -> None:
    reply = asked("which gpu should we get for training?")

    assert isinstance(reply.screen, Refused)
    assert reply.effects == (Miss("which gpu should we get for training?"),)
    assert not reply.shareable
    text = speak(reply.screen, WORDS, PLACE).text
    assert "I won't guess" in text
    assert "#ml-platform" in text
    assert len(reply.screen.near) == 2


def test_a_question_with_a_token_in_it_is_not_noted() -> None:
    reply = asked("why does xoxb-123456789-abcdef not work on the printer")

    assert reply.effects == (Whisper(SecretSeen("question")),)
    assert not reply.shareable
    assert isinstance(reply.screen, Refused)
    assert not reply.screen.noted


@pytest.mark.parametrize("text", ["👍", "...", "  ", "?!"])
def test_what_holds_no_word_is_not_a_question_and_is_not_noted(text: str) -> None:
    reply = asked(text)

    assert reply.effects == ()
    assert "Ask me something in words" in speak(reply.screen, WORDS, PLACE).text


def test_markup_that_people_type_is_never_given_back() -> None:
    for text in (NASTY, f"what is level 2 {NASTY}", f"{NASTY} which gpu"):
        said = told(text, team(up_to(LIBRARY, 2), PRODUCTION))
        assert "<!channel>" not in said
        assert "https://example.org" not in said


def test_a_long_question_is_noted_up_to_the_limit() -> None:
    (missed,) = asked("what is for lunch " * 2_000).effects

    assert isinstance(missed, Miss)
    assert len(missed.text) == SCRIPT.file.limits.question


def test_ratings_are_kept_by_topic_and_entry() -> None:
    assert pressed("helpful", "tool/dvc practice/is-dvc-dead") == (
        Rate("tool/dvc", "practice/is-dvc-dead", helpful=True),
        Whisper(Done("rated")),
    )
    assert pressed("unhelpful", "level/4/need") == (
        Rate("level/4/need", "level/4/need", helpful=False),
        Whisper(Done("rated-not")),
    )
    assert pressed("helpful", "nowhere x") == (Whisper(Done("rated-old")),)


def test_a_command_and_a_question_live_side_by_side() -> None:
    def screen(text: str) -> object:
        event = Commanded(key="s", text=text, by="slash", channel_name="ml", found=shipped_index().ask(text), **BASE)
        (*_, answer) = answer_command(SCRIPT, Surroundings((LEVEL_2,)), event)
        assert isinstance(answer, Answer)
        return answer.screen

    assert type(screen("level 2")).__name__ == "LevelPage"
    assert isinstance(screen("level 4 please, do we really need it"), Need)
    assert isinstance(screen("help me understand what a model registry is"), TopicPage)
    assert isinstance(screen("ask what is mlflow"), TopicPage)
    assert type(screen("help")).__name__ == "Help"
    assert type(screen("status")).__name__ == "Status"


def pressed(action: str, argument: str) -> tuple[Effect, ...]:
    event = Pressed(key="c", action=action, argument=argument, channel_name="ml", **BASE)
    return command(SCRIPT, Surroundings(), event).effects


def submitted(argument: str, values: Mapping[str, str | None]) -> tuple[Effect, ...]:
    event = Submitted(key="v", form="need", dialog=None, argument=argument, turn=0, values=values, **BASE)
    return command(SCRIPT, Surroundings(), event).effects
