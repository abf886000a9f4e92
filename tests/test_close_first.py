"""What a target below the top asks to close first: every readiness point that is missing, and no other."""

from hypothesis import given

from bot.speak import Place, speak
from bot.words import Words
from dialogs.answers import Choice, FactValue
from dialogs.close_first import close_first
from dialogs.judgement import judge
from dialogs.result import judgement_of, snapshot
from dialogs.screens import Report
from knowledge.library import load_library
from screens import FOR_LEVEL_4, D, state_of
from teams import EVERY, answers, facts, up_to

LIBRARY = load_library()
WORDS = Words(LIBRARY)
PLACE = Place("https://acme.slack.com/")


@given(answers(EVERY), facts())
def test_points_are_named_exactly_where_the_rule_that_speaks_of_them_fired(
    team: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    target = judge(LIBRARY, team, known).target
    found = close_first(LIBRARY, target)
    missing, unknown = ({each.point.id for each in found if each.known is known} for known in (True, False))
    if "T4-close" in target.rules:
        assert (missing, unknown) == (set(target.readiness_missing), set(target.readiness_unknown))
        assert found
    else:
        assert found == ()


def told(known: dict[str, FactValue]) -> str:
    state = state_of(up_to(3), known)
    return speak(Report(D, state, judge(LIBRARY, state.choices(), known), ()), WORDS, PLACE).text


def test_a_report_names_each_missing_point_under_the_reason_that_speaks_of_it() -> None:
    known: dict[str, FactValue] = {**FOR_LEVEL_4, "label_delay": "months", "proxy_metric": False}
    known.pop("on_call", None)
    text = told(known)
    reason, points = text.index("Close the missing points first."), text.index("(R2: not met)")
    assert reason < points < text.index("A named person reacts when an alert comes (R6: not known)")
    assert "(R1:" not in text  # level 3 is reached


def test_a_report_that_asks_for_no_more_than_its_level_names_no_points() -> None:
    text = told({**FOR_LEVEL_4, "staleness": "none", "adaptive": False, "use_cases": 3})
    assert "(R2:" not in text


def test_a_target_read_back_from_a_result_names_none_for_they_are_not_kept() -> None:
    state = state_of(up_to(3), FOR_LEVEL_4)
    judgement = judge(LIBRARY, state.choices(), FOR_LEVEL_4)
    assert "T4-close" in judgement.target.rules
    assert close_first(LIBRARY, judgement_of(snapshot(LIBRARY, state, judgement)).target) == ()
