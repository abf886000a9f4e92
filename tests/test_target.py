"""Which level is proposed, by which rules, and what could still change it; held against the rules in plain Python."""

import pytest
from hypothesis import example, given, settings
from teams import EVERY, LIBRARY, answers, everything, facts, full_facts

from dialogs.answers import Answers, Choice, Facts, FactValue
from dialogs.scoring import score
from dialogs.target import Target, propose

READY_FACTS = full_facts(adaptive=True, on_call=True, label_delay="days", retraining_budget=True)


def target_of(given_answers: Answers, known: Facts) -> Target:
    return propose(LIBRARY, score(LIBRARY, given_answers), given_answers, known)


@pytest.mark.parametrize(
    ("known", "level", "rules"),
    [
        (full_facts(stage="personal", use_cases=30, importance="high"), 0, ("T0-exploring",)),
        (full_facts(stage="poc", adaptive=True), 0, ("T0-exploring",)),
        (full_facts(stage="to-production"), 1, ("T1-production",)),
        (full_facts(use_cases=2), 1, ("T1-production",)),
        (full_facts(use_cases=3), 2, ("T1-production", "T2-use-cases")),
        (full_facts(use_cases_planned=3), 2, ("T1-production", "T2-growing")),
        (full_facts(use_cases=5, use_cases_planned=5), 2, ("T1-production", "T2-use-cases")),
        (full_facts(use_cases=5, use_cases_planned=6), 2, ("T1-production", "T2-use-cases", "T2-growing")),
        (full_facts(use_cases=1, use_cases_planned=2), 1, ("T1-production",)),
        (full_facts(retraining="quarterly"), 1, ("T1-production",)),
        (full_facts(retraining="monthly"), 2, ("T1-production", "T2-retraining")),
        (full_facts(retraining="weekly"), 2, ("T1-production", "T2-retraining")),
        (full_facts(retraining="weekly", importance="medium"), 3, ("T1-production", "T2-retraining", "T3-frequent")),
        (full_facts(regulation="audit"), 2, ("T1-production", "T2-audit")),
        (full_facts(regulation="approval", importance="high"), 3, ("T1-production", "T2-audit", "T3-traceable")),
        (full_facts(importance="high"), 1, ("T1-production",)),
        (full_facts(importance="high", use_cases=2), 3, ("T1-production", "T3-important")),
        (
            full_facts(team="several-teams", use_cases=3, importance="medium"),
            3,
            ("T1-production", "T2-use-cases", "T3-teams"),
        ),
        (full_facts(team="several-teams", use_cases=3), 2, ("T1-production", "T2-use-cases")),
        (full_facts(adaptive=True), 3, ("T1-production", "T4-close")),
        (full_facts(staleness="costly"), 3, ("T1-production", "T4-close")),
        (full_facts(staleness="small"), 1, ("T1-production",)),
        (full_facts(use_cases=20), 3, ("T1-production", "T2-use-cases", "T4-close")),
        (READY_FACTS, 4, ("T1-production", "T4-need")),
        (READY_FACTS | {"regulation": "approval"}, 3, ("T1-production", "T2-audit", "T4-approval")),
        (READY_FACTS | {"regulation": "approval", "on_call": False}, 3, ("T1-production", "T2-audit", "T4-close")),
        (READY_FACTS | {"label_delay": "months"}, 3, ("T1-production", "T4-close")),
        (READY_FACTS | {"label_delay": "months", "proxy_metric": True}, 4, ("T1-production", "T4-need")),
    ],
)
def test_the_rules_of_the_sheet(known: Facts, level: int, rules: tuple[str, ...]) -> None:
    found = target_of(everything("yes"), known)
    assert (found.level, found.rules) == (level, rules)
    assert (found.provisional, found.missing, found.undecided) == (False, (), ())
    assert found.lowest == found.highest == level


@pytest.mark.parametrize(
    ("given_answers", "missing"),
    [
        (everything("yes", M3_R_1="no", G1_5="yes"), ("R1",)),
        (everything("yes", G1_7="partly"), ("R3",)),
        (everything("yes", G1_8="unknown"), ("R4",)),
        (everything("yes", G1_9="no"), ("R5",)),
        (everything("yes", X_rollback="no"), ("R5",)),
        ({name: choice for name, choice in everything("yes").items() if name != "X-rollback"}, ("R5",)),
    ],
)
def test_readiness_rests_on_the_floor_and_on_yes_alone(given_answers: Answers, missing: tuple[str, ...]) -> None:
    found = target_of(given_answers, READY_FACTS)
    assert (found.level, found.rules) == (3, ("T1-production", "T4-close"))
    assert (found.needs, found.readiness_missing, found.readiness_unknown) == (("N3",), missing, ())


def test_readiness_whose_fact_is_missing_is_open_for_level_4_and_not_met_below() -> None:
    known = {key: value for key, value in READY_FACTS.items() if key not in ("on_call", "regulation")}
    found = target_of(everything("yes"), known)
    assert found.rules == ("T1-production", "T4-close")
    assert found.undecided == ("T2-audit", "T4-need")
    assert (found.readiness_missing, found.readiness_unknown) == ((), ("R6", "R8"))
    assert (found.provisional, found.missing) == (True, ("regulation", "on_call"))
    assert (found.lowest, found.highest) == (3, 4)


def test_an_unknown_point_of_readiness_asks_for_nothing_where_approval_is_required() -> None:
    known = {key: value for key, value in READY_FACTS.items() if key not in ("on_call", "adaptive")}
    found = target_of(everything("yes"), known | {"regulation": "approval"})
    assert found.undecided == ("T4-close",)  # T4-approval is false: not known counts as not met
    assert (found.level, found.missing) == (2, ("adaptive",))


def test_without_any_fact_the_target_is_1_and_provisional() -> None:
    found = target_of({}, {})
    assert (found.level, found.rules, found.provisional) == (1, (), True)
    assert (found.lowest, found.highest) == (0, 3)
    assert found.missing == (
        "stage",
        "use_cases",
        "importance",
        "retraining",
        "staleness",
        "adaptive",
        "regulation",
        "team",
    )


def test_the_stage_alone_settles_an_exploration() -> None:
    found = target_of({}, {"stage": "poc"})
    assert (found.level, found.provisional, found.missing, found.undecided) == (0, False, (), ())


def test_a_rule_can_fire_before_the_stage_is_known() -> None:
    found = target_of({}, {key: value for key, value in full_facts(use_cases=3).items() if key != "stage"})
    assert (found.level, found.rules) == (2, ("T2-use-cases",))
    assert (found.provisional, found.missing) == (True, ("stage",))
    assert (found.lowest, found.highest) == (0, 2)


def test_a_missing_fact_that_cannot_raise_the_target_is_not_asked_for() -> None:
    known = {key: value for key, value in full_facts(importance="high", use_cases=2).items() if key != "retraining"}
    found = target_of(everything("no"), known)
    assert (found.level, found.provisional, found.missing) == (3, False, ())
    assert found.undecided == ("T2-retraining", "T3-frequent")


def test_without_the_use_cases_only_they_are_named() -> None:
    known = {key: value for key, value in full_facts().items() if key != "use_cases"}
    assert target_of({}, known).missing == ("use_cases",)
    assert target_of({}, known | {"use_cases_planned": 7}).missing == ("use_cases",)


# --- the rules once more, by hand ----------------------------------------------------------------------------------

MISSING = None
Three = bool | None  # None is open


def conjunction(*parts: Three) -> Three:
    return False if False in parts else None if None in parts else True


def disjunction(*parts: Three) -> Three:
    return True if True in parts else None if None in parts else False


class Oracle:
    """The target's rules in plain Python, from the scoring sheet; `open_facts` says what each open rule waits for."""

    def __init__(self, given_answers: Answers, known: Facts) -> None:
        self.answers = given_answers
        self.known = known
        self.open_facts: dict[str, set[str]] = {}
        self.use_cases = known.get("use_cases")
        self.planned = known.get("use_cases_planned", self.use_cases)
        self.overall = score(LIBRARY, given_answers).floor.overall
        self.rules = self._rules()

    def one_of(self, key: str, *values: FactValue) -> Three:
        return self.known[key] in values if key in self.known else None

    def count(self, value: FactValue | None, at_least: int) -> Three:
        return None if value is None else int(value) >= at_least  # type: ignore[arg-type]  # a count

    def growing(self) -> Three:
        if self.use_cases is None or self.planned is None:
            return None
        return int(self.planned) > int(self.use_cases)  # type: ignore[arg-type]  # counts

    def needs(self) -> dict[str, Three]:
        return {
            "staleness": self.one_of("staleness", "costly"),
            "use_cases": self.count(self.use_cases, 20),
            "adaptive": self.one_of("adaptive", True),
        }

    def readiness(self) -> dict[str, Three]:
        def yes(*names: str) -> bool:
            return all(self.answers.get(name) == "yes" for name in names)

        approval = self.one_of("regulation", "approval")
        return {
            "R1": self.overall >= 3,
            "R2": True if self.known.get("proxy_metric", False) else self.one_of("label_delay", "hours", "days"),
            "R3": yes("G1-7"),
            "R4": yes("G1-8"),
            "R5": yes("G1-9", "X-rollback"),
            "R6": self.one_of("on_call", True),
            "R7": bool(self.known.get("retraining_budget", False)),
            "R8": None if approval is None else not approval,
        }

    def _rules(self) -> dict[str, Three]:
        needs, ready = self.needs(), self.readiness()
        need = disjunction(*needs.values())
        several, matters = self.count(self.use_cases, 3), self.one_of("importance", "medium", "high")
        none = self.one_of("regulation", "none")
        regulated = None if none is None else not none
        high = self.one_of("importance", "high")
        all_but_approval = all(ready[f"R{number}"] is True for number in range(1, 8))
        approval = conjunction(need, all_but_approval, self.one_of("regulation", "approval"))
        some_missing = any(point is not True for point in ready.values())
        found: dict[str, Three] = {
            "T0-exploring": self.one_of("stage", "personal", "poc"),
            "T1-production": self.one_of("stage", "to-production", "production"),
            "T2-use-cases": several,
            "T2-growing": conjunction(self.count(self.planned, 3), self.growing()),
            "T2-retraining": self.one_of("retraining", "monthly", "weekly", "daily"),
            "T2-audit": regulated,
            "T3-important": conjunction(self.count(self.use_cases, 2), high),
            "T3-frequent": conjunction(self.one_of("retraining", "weekly", "daily"), matters),
            "T3-traceable": conjunction(regulated, high),
            "T3-teams": conjunction(self.one_of("team", "several-teams"), several, matters),
            "T4-need": conjunction(need, *ready.values()),
            "T4-approval": approval,
            "T4-close": conjunction(need, some_missing, approval is not True),
        }
        if found["T0-exploring"]:
            return {rule: rule == "T0-exploring" for rule in found}
        return found

    def waits_for(self, rule: str) -> set[str]:
        """The missing facts of the open parts of an undecided rule."""
        gone = {key for key in LIBRARY.facts if key not in self.known}
        reads: dict[str, set[str]] = {
            "T0-exploring": {"stage"},
            "T1-production": {"stage"},
            "T2-use-cases": {"use_cases"},
            "T2-growing": {"use_cases"},
            "T2-retraining": {"retraining"},
            "T2-audit": {"regulation"},
            "T3-important": {"use_cases", "importance"},
            "T3-frequent": {"retraining", "importance"},
            "T3-traceable": {"regulation", "importance"},
            "T3-teams": {"team", "use_cases", "importance"},
            "T4-need": self._open_needs() | self._open_readiness(),
            "T4-approval": self._open_needs() | {"regulation"},
            "T4-close": self._open_needs(),
        }
        return reads[rule] & gone

    def _open_needs(self) -> set[str]:
        needs = self.needs()
        return {key for key, holds in needs.items() if holds is None} if True not in needs.values() else set()

    def _open_readiness(self) -> set[str]:
        fact = {"R2": "label_delay", "R6": "on_call", "R8": "regulation"}
        return {fact[point] for point, holds in self.readiness().items() if holds is None}

    def judged(self) -> tuple[object, ...]:
        levels = {rule: 3 if rule in ("T4-approval", "T4-close") else int(rule[1]) for rule in self.rules}
        fired = [rule for rule, holds in self.rules.items() if holds]
        undecided = [rule for rule, holds in self.rules.items() if holds is None]
        level = max([levels[rule] for rule in fired], default=1)
        above = [rule for rule in undecided if levels[rule] > level]
        missing = {fact for rule in above for fact in self.waits_for(rule)} | ({"stage"} - set(self.known))
        return (
            level,
            tuple(fired),
            tuple(undecided),
            tuple(key for key in LIBRARY.facts if key in missing),
            "stage" not in self.known or bool(above),
            level if "stage" in self.known else 0,
            max([level, *(levels[rule] for rule in undecided if rule != "T0-exploring")]),
        )


@settings(max_examples=400)
@given(answers(EVERY), facts(missing=0.3))
@example(everything("yes"), READY_FACTS)
@example(everything("yes"), {**READY_FACTS, "regulation": "approval"})
def test_the_rules_as_data_say_what_the_rules_by_hand_say(
    given_answers: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    found = target_of(given_answers, known)
    assert Oracle(given_answers, known).judged() == (
        found.level,
        found.rules,
        found.undecided,
        found.missing,
        found.provisional,
        found.lowest,
        found.highest,
    )


@settings(max_examples=200)
@given(answers(EVERY), facts(missing=0.4), facts(missing=0.0))
def test_the_target_stays_within_its_bounds_whatever_the_missing_facts_turn_out_to_be(
    given_answers: dict[str, Choice], known: dict[str, FactValue], rest: dict[str, FactValue]
) -> None:
    before = target_of(given_answers, known)
    defaulted = ("use_cases_planned", "proxy_metric", "retraining_budget")
    filled = {key: value for key, value in rest.items() if key not in defaulted}
    after = target_of(given_answers, {**filled, **known})
    assert before.lowest <= after.level <= before.highest
    assert after.level == before.level or before.provisional
