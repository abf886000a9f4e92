"""The target's rules once more, in plain Python, straight from the scoring sheet: what the rules as data must say."""

from dialogs.answers import Answers, Facts, FactValue
from dialogs.scoring import score
from teams import LIBRARY

Three = bool | None  # None is open


def conjunction(*parts: Three) -> Three:
    return False if False in parts else None if None in parts else True


def disjunction(*parts: Three) -> Three:
    return True if True in parts else None if None in parts else False


class Oracle:
    """The rules for one team; a rule, need or readiness point is True, False or, while a fact is missing, None."""

    def __init__(self, given_answers: Answers, known: Facts) -> None:
        self.answers = given_answers
        self.known = known
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
