"""Quick finds what full finds, and asks nothing that can change nothing."""

import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.answers import Answers, Choice, Facts, FactValue
from dialogs.choosing import next_practice
from dialogs.judgement import judge
from dialogs.scoring import Levels, score
from teams import ASKED, LIBRARY, answers, facts, full_facts, simulated

RISKS = ("X-monitoring", "X-rollback", "X-owner", "X-personal-data", "M2-C-8")
NO_NEED = full_facts()


def walked(team: Answers, known: Facts, *, beyond: bool, begun: Answers | None = None) -> dict[str, Choice]:
    """What quick has asked when it is done, answered as the team would."""
    found = dict(begun or {})
    while True:
        name = next_practice(LIBRARY, found, known, mode="quick", beyond_overall=beyond, skipped=())
        if name is None:
            return found
        assert name not in found
        found[name] = team[name]


def all_of(levels: Levels) -> tuple[int, ...]:
    return (*levels.dimensions.values(), levels.overall, levels.google)


@settings(max_examples=150)
@given(team=answers(complete=True), known=facts(), overall_first=st.booleans())
def test_quick_and_full_agree_on_levels_target_its_rules_and_risks(
    team: dict[str, Choice], known: dict[str, FactValue], *, overall_first: bool
) -> None:
    begun = walked(team, known, beyond=False) if overall_first else {}
    quick = judge(LIBRARY, walked(team, known, beyond=True, begun=begun), known)
    full = judge(LIBRARY, team, known)
    assert (all_of(quick.score.floor), all_of(quick.score.ceiling)) == (
        all_of(full.score.floor),
        all_of(full.score.ceiling),
    )
    assert quick.score.provisional == full.score.provisional
    assert (quick.target.level, quick.target.rules) == (full.target.level, full.target.rules)
    assert (quick.target.provisional, quick.target.missing) == (full.target.provisional, full.target.missing)
    if quick.target.needs:
        assert quick.target == full.target  # down to each point of readiness
    known_risks = {name: team.get(name) for name in RISKS}
    assert quick.score.risks == full.score.risks
    assert known_risks == {name: walked(team, known, beyond=True, begun=begun).get(name) for name in RISKS}


@settings(max_examples=150)
@given(answers(complete=True), facts())
def test_what_settles_the_overall_level_settles_it_as_full_does(
    team: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    quick, full = score(LIBRARY, walked(team, known, beyond=False)), score(LIBRARY, team)
    assert (quick.floor.overall, quick.ceiling.overall) == (full.floor.overall, full.ceiling.overall)


def completions(given_answers: Answers, name: str, chance: random.Random) -> Iterator[tuple[Answers, Answers]]:
    """Pairs of complete answer sets that differ in `name` alone: yes here, no there.

    The open questions around it are answered to make it count: all yes up to the practice's level or one above, no
    beyond, and within its own cell as many yes as chance wants.
    """
    open_names = [other for other in ASKED if other not in given_answers and other != name]
    inside = name[: 2 if name[0] == "G" else 4]  # "G1", "M2-C": the cell's mark
    cell = [other for other in open_names if other.startswith(inside) and not LIBRARY.practices[other].gate]
    google = [other for other in open_names if other[0] == "G" and not LIBRARY.practices[other].gate]
    shapes: list[dict[str, Choice]] = [dict.fromkeys(open_names, "yes")]
    for group in (cell, google):
        for count in range(len(group) + 1):
            some = set(chance.sample(group, count))
            shapes.append({other: "no" if other in some else "yes" for other in open_names})
            shapes.append({other: "partly" if other in some else "yes" for other in open_names})
            half = set(list(some)[: count // 2])
            shapes.append(
                {other: "no" if other in half else "partly" if other in some else "yes" for other in open_names}
            )
    blind = random.Random(len(open_names))  # noqa: S311 - where aiming finds nothing, look everywhere
    for _ in range(400):
        likely = blind.choice((0.1, 0.3, 0.5, 0.7, 0.9, 0.97))
        shapes.append(
            {other: "yes" if blind.random() < likely else blind.choice(("no", "partly")) for other in open_names}
        )
    for shape in shapes:
        around = {**given_answers, **shape}
        yield {**around, name: "yes"}, {**around, name: "no"}


@settings(max_examples=120)
@given(
    team=answers(complete=True),
    share=st.floats(0, 1),
    chance=st.randoms(use_true_random=False),
    beyond=st.booleans(),
)
def test_quick_asks_no_question_that_can_change_nothing(
    team: dict[str, Choice], share: float, chance: random.Random, *, beyond: bool
) -> None:
    asked = list(walked(team, NO_NEED, beyond=beyond))
    if not asked:
        return
    place = int(share * (len(asked) - 1))
    name, before = asked[place], {other: team[other] for other in asked[:place]}
    if beyond and name in RISKS:
        return  # always asked: its risk is told

    def outcome(complete: Answers) -> tuple[tuple[int, ...], tuple[int, ...]]:
        found = score(LIBRARY, complete)
        if beyond:
            return all_of(found.floor), all_of(found.ceiling)
        return (found.floor.overall,), (found.ceiling.overall,)

    assert any(outcome(with_yes) != outcome(with_no) for with_yes, with_no in completions(before, name, chance))


def test_simulated_teams_settle_quickly_enough() -> None:
    chance = random.Random(7)  # noqa: S311 - a simulation
    overall, whole = [], []
    for _ in range(150):
        team = simulated(chance.uniform(0, 4.2), 0.05, chance)
        first = walked(team, NO_NEED, beyond=False)
        overall.append(len(first))
        whole.append(len(walked(team, NO_NEED, beyond=True, begun=first)))
    assert sum(overall) / len(overall) <= 18
    assert sum(whole) / len(whole) <= 33
