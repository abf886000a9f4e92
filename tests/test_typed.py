"""What people type is read as an answer only where it surely is one."""

import pytest

from dialogs.script import load_script
from dialogs.typed import TypedAnswer, TypedWord, read_typed
from knowledge.library import load_library

SCRIPT = load_script(load_library())


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("yes", "yes"),
        ("Yes.", "yes"),
        ("YEP!", "yes"),
        ("yes we do", "yes"),
        ("partly", "partly"),
        ("kind of", "partly"),
        ("nope", "no"),
        ("nope 😂", "no"),
        ("lol no", "no"),
        ("not yet", "no"),
        ("I think no", "no"),
        ("no idea", "unknown"),
        ("don\u2019t know", "unknown"),
        ("dunno, sorry", "unknown"),
        ("n/a", "na"),
        ("👍", "yes"),
        ("👍🏽", "yes"),
        (":+1:", "yes"),
        ("🤷", "unknown"),
    ],
)
def test_a_bare_answer_is_read(text: str, choice: str) -> None:
    typed = read_typed(SCRIPT, text)

    assert isinstance(typed, TypedAnswer)
    assert (typed.choice, typed.note) == (choice, None)


@pytest.mark.parametrize(
    ("text", "choice", "note"),
    [
        ("yes but only for the fraud model", "partly", "only for the fraud model"),
        ("Yes, but only Fraud", "partly", "only Fraud"),
        ("yes for fraud", "partly", "for fraud"),
        ("yes, except the old scorer", "partly", "except the old scorer"),
        ("yes for all models", "yes", "for all models"),
        ("yes, since March", "yes", "since March"),
        ("no, nobody asked", "no", "nobody asked"),
        ("no because the data team left", "no", "because the data team left"),
        ("partly: churn only", "partly", "churn only"),
        ("n/a because we have no feature store", "na", "because we have no feature store"),
        ("not sure, Ben may know", "unknown", "Ben may know"),
    ],
)
def test_an_answer_with_a_remark_keeps_it_as_a_note(text: str, choice: str, note: str) -> None:
    assert read_typed(SCRIPT, text) == TypedAnswer(choice, note, literal=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no one has looked at that in years",
        "yes and no",
        "yes?",
        "no, I mean yes",
        "yes, Ben, can you check?",
        "nobody knows the password",
        "yesterday we had a release",
        "note that we moved to Airflow",
        "partly cloudy today",
        "sure thing was the old vendor's name",
        "we do need lunch first",
        "hm",
        "👀",
        "do you mean the fraud model?",
        "none of your business :) but how was the weekend?",
        "I would say it depends on whom you ask",
        "a bit of history: we started in 2019",
        "some people say so",
    ],
)
def test_talk_is_not_taken_for_an_answer(text: str) -> None:
    assert read_typed(SCRIPT, text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("back", TypedWord("back")),
        ("Skip!", TypedWord("skip")),
        ("pause", TypedWord("pause")),
        ("go on", TypedWord("resume")),
        ("finish", TypedWord("finish")),
        ("cancel", TypedWord("stop")),
        ("why?", TypedWord("why")),
        ("why 3", TypedWord("why", number=3)),
        ("why model creation?", TypedWord("why", rest="model creation")),
        ("edit", TypedWord("edit")),
        ("edit 3", TypedWord("edit", number=3)),
        ("edit 3 yes", TypedWord("edit", number=3, choice="yes")),
        ("change 12 to partly", TypedWord("edit", number=12, choice="partly")),
        ("reopen", TypedWord("reopen")),
    ],
)
def test_steering_words_are_read(text: str, word: TypedWord) -> None:
    assert read_typed(SCRIPT, text) == word
