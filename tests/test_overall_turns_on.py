"""What would settle the overall level: each practice named can decide it, and nothing else can."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import Answers, Choice, answer_of
from dialogs.overall_turns_on import overall_turns_on
from dialogs.scoring import score
from knowledge.library import Library, load_library
from teams import EVERY, SURE, answers, up_to

LIBRARY: Library = load_library()
TEAMS = answers(EVERY)


def overall(team: Answers) -> int:
    return score(LIBRARY, team).floor.overall


def unknown_in(team: Answers) -> list[str]:
    return [name for name in EVERY if answer_of(LIBRARY, team, name) in (None, "unknown")]


def test_beside_unknown_gates_that_give_the_points_nothing_else_would_settle_it() -> None:
    team = up_to(2) | {"M2-C-6": "unknown", "M2-C-8": "unknown", "M2-C-10": "unknown"}
    assert overall_turns_on(LIBRARY, team) == ("M2-C-6", "M2-C-8")


def test_where_gates_do_not_give_the_points_the_others_are_named_after_them() -> None:
    thin = up_to(2) | {"M2-C-2": "no", "M2-C-3": "no", "M2-C-5": "partly"}  # 17 are needed, 14 to 17 are there
    team: Answers = thin | {"M2-C-7": "unknown", "M2-C-8": "unknown"}
    assert overall_turns_on(LIBRARY, team) == ("M2-C-8", "M2-C-7")


def test_the_level_that_comes_next_is_settled_before_a_higher_one() -> None:
    team: Answers = up_to(3) | {"M3-P-2": "unknown", "M2-R-1": "unknown"}
    assert overall_turns_on(LIBRARY, team) == ("M2-R-1", "M3-P-2")


def test_nothing_settles_a_level_that_another_dimension_holds_for_sure() -> None:
    team: Answers = up_to(2) | {"M2-P-1": "no", "M2-C-8": "unknown"}
    assert overall_turns_on(LIBRARY, team) == ()


@given(TEAMS)
def test_something_is_named_exactly_where_the_overall_level_is_open(team: dict[str, Choice]) -> None:
    counted = score(LIBRARY, team)
    assert bool(overall_turns_on(LIBRARY, team)) == (counted.floor.overall != counted.ceiling.overall)


@given(TEAMS, st.data())
def test_whatever_is_not_named_decides_nothing(team: dict[str, Choice], data: st.DataObject) -> None:
    named = overall_turns_on(LIBRARY, team)
    unknown = unknown_in(team)
    told: dict[str, Choice] = {name: data.draw(st.sampled_from(SURE)) for name in named}
    drawn: dict[str, Choice] = {name: data.draw(st.sampled_from(SURE)) for name in unknown if name not in named}
    assert overall({**team, **drawn, **told}) == overall({**team, **told})


@given(TEAMS)
def test_each_one_named_decides_for_some_answers_to_the_others(team: dict[str, Choice]) -> None:
    unknown = unknown_in(team)
    for name in overall_turns_on(LIBRARY, team):
        level = LIBRARY.practices[name].level or 0
        told: dict[str, Choice] = {**team, **dict.fromkeys(unknown, "yes")}
        for other in unknown:  # as little as still lets this one answer bring its level
            for less in ("no", "partly"):
                if other != name and overall({**told, other: less}) >= level:
                    told[other] = less
                    break
        assert overall({**told, name: "yes"}) >= level > overall({**told, name: "no"})
