"""The practices, facts and rules of the scoring sheet in their barest form, written down a second time for tests."""

import datetime as dt

from knowledge.asking_content import WordsFile
from knowledge.content import (
    Dimension,
    Fact,
    Level,
    MaturityModel,
    Practice,
    Source,
    TargetRules,
    Thresholds,
)
from knowledge.library import Library

# Ids of the sheet per cell; a star marks a gate.
CELLS = {
    "M1-C": "1 2*",
    "M1-R": "1 2",
    "M1-A": "1* 2* 3* 4",
    "M2-P": "1* 2",
    "M2-C": "1* 2 3 4* 5 6* 7 8* 9 10 11",
    "M2-R": "1* 2",
    "M3-P": "1 2*",
    "M3-R": "1* 2* 3 4* 5 6",
    "M3-A": "1* 2 3 4",
    "M4-P": "1 2*",
    "M4-C": "1* 2 3 4",
    "M4-R": "1 2",
    "M4-A": "1* 2 3",
    "G1": "1 2* 3* 4 5* 6* 7* 8* 9 10* 11 12",
    "G2": "1* 2 3* 4 5 6* 7",
    "X": "monitoring rollback owner personal-data",
}
TWINS = {"G1-1": "M2-C-1", "G1-5": "M3-R-1", "G1-12": "M2-C-10"}
NOT_APPLICABLE = ("M2-C-10", "M4-C-4", "G1-12", "X-personal-data")

FACTS: list[dict[str, object]] = [
    {"key": "stage", "options": ["personal", "poc", "to-production", "production"]},
    {"key": "use_cases", "kind": "count"},
    {"key": "use_cases_planned", "kind": "count", "default_from": "use_cases"},
    {"key": "importance", "options": ["low", "medium", "high"]},
    {"key": "retraining", "options": ["rarely", "quarterly", "monthly", "weekly", "daily"]},
    {"key": "staleness", "options": ["unknown", "none", "small", "costly"]},
    {"key": "adaptive", "kind": "yes-no"},
    {"key": "label_delay", "options": ["hours", "days", "weeks", "months", "never"], "step": 2},
    {"key": "proxy_metric", "kind": "yes-no", "default": False, "step": 2},
    {"key": "regulation", "options": ["none", "audit", "approval"]},
    {"key": "team", "options": ["1-3", "4-10", "several-teams"]},
    {"key": "on_call", "kind": "yes-no", "step": 2},
    {"key": "retraining_budget", "kind": "yes-no", "default": False, "step": 2},
    {"key": "stack", "kind": "tools"},
]

Conditions = list[dict[str, object]]

NEEDS: dict[str, Conditions] = {
    "N1": [{"fact": "staleness", "one_of": ["costly"]}],
    "N2": [{"fact": "use_cases", "at_least": "many_use_cases"}],
    "N3": [{"fact": "adaptive", "one_of": [True]}],
}
READINESS: dict[str, Conditions] = {
    "R1": [{"overall_at_least": 3}],
    "R2": [
        {
            "any_of": [
                {"fact": "label_delay", "one_of": ["hours", "days"]},
                {"fact": "proxy_metric", "one_of": [True]},
            ]
        }
    ],
    "R3": [{"answered_yes": ["G1-7"]}],
    "R4": [{"answered_yes": ["G1-8"]}],
    "R5": [{"answered_yes": ["G1-9", "X-rollback"]}],
    "R6": [{"fact": "on_call", "one_of": [True]}],
    "R7": [{"fact": "retraining_budget", "one_of": [True]}],
    "R8": [{"fact": "regulation", "none_of": ["approval"]}],
}
_SEVERAL: dict[str, object] = {"fact": "use_cases", "at_least": "several_use_cases"}
_MATTERS: dict[str, object] = {"fact": "importance", "one_of": ["medium", "high"]}
_HIGH: dict[str, object] = {"fact": "importance", "one_of": ["high"]}
_REGULATED: dict[str, object] = {"fact": "regulation", "none_of": ["none"]}
_READY = ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"]
RULES: list[tuple[str, int, Conditions]] = [
    ("T0-exploring", 0, [{"fact": "stage", "one_of": ["personal", "poc"]}]),
    ("T1-production", 1, [{"fact": "stage", "one_of": ["to-production", "production"]}]),
    ("T2-use-cases", 2, [_SEVERAL]),
    (
        "T2-growing",
        2,
        [
            {"fact": "use_cases_planned", "at_least": "several_use_cases"},
            {"fact": "use_cases_planned", "more_than": "use_cases"},
        ],
    ),
    ("T2-retraining", 2, [{"fact": "retraining", "one_of": ["monthly", "weekly", "daily"]}]),
    ("T2-audit", 2, [_REGULATED]),
    ("T3-important", 3, [{"fact": "use_cases", "at_least": 2}, _HIGH]),
    ("T3-frequent", 3, [{"fact": "retraining", "one_of": ["weekly", "daily"]}, _MATTERS]),
    ("T3-traceable", 3, [_REGULATED, _HIGH]),
    ("T3-teams", 3, [{"fact": "team", "one_of": ["several-teams"]}, _SEVERAL, _MATTERS]),
    ("T4-need", 4, [{"any_need": True}, {"ready": _READY}]),
    (
        "T4-approval",
        3,
        [{"any_need": True}, {"ready": _READY[:-1]}, {"fact": "regulation", "one_of": ["approval"]}],
    ),
    ("T4-close", 3, [{"any_need": True}, {"not_ready": _READY}, {"not_fired": "T4-approval"}]),
]


def sample_library() -> Library:
    """Build a library that holds what scoring reads and nothing worth reading."""
    return Library(
        version="sample",
        microsoft=_model("microsoft", 5),
        google=_model("google", 3),
        practices={each.id: each for each in _practices()},
        facts={each.key: each for each in map(_fact, FACTS)},
        target=_rules(),
        thresholds=Thresholds(),
        capabilities={},
        tools={},
        entries={},
        families={},
        pages={},
        declined={},
        words=WordsFile(written_out={}, dropped=(), neutral=(), foreign=(), levels={}, dimensions={}, same={}),
        sources={"sheet": Source(key="sheet", title="-", publisher="-", reviewed_on=dt.date(2026, 11, 2))},
    )


def _practices() -> list[Practice]:
    found = []
    for cell, numbers in CELLS.items():
        for number in numbers.split():
            name = f"{cell}-{number.rstrip('*')}"
            found.append(
                Practice(
                    id=name,
                    title=name,
                    question="-",
                    yes="-",
                    partly="-",
                    why="-",
                    evidence="-",
                    step="-",
                    effort="weeks",
                    keeps_months=6,
                    gate=number.endswith("*"),
                    na_when="-" if name in NOT_APPLICABLE else None,
                    same_as=TWINS.get(name),
                    capability="any",
                    sources=("sheet",),
                )
            )
    return found


def _fact(raw: dict[str, object]) -> Fact:
    options = raw.get("options", [])
    assert isinstance(options, list)
    labelled = [{"value": value, "label": value} for value in options]
    common = {"title": raw["key"], "question": "-", "why": "-", "kind": "choice", "keeps_months": 6}
    return Fact.model_validate({**common, **raw, "options": labelled})


def _model(key: str, levels: int) -> MaturityModel:
    one = {"name": "-", "summary": "-", "highlights": ["-"], "technology": ["-"], "when": ["-"], "sources": ["sheet"]}
    listed = [Level.model_validate({**one, "number": number}) for number in range(levels)]
    return MaturityModel(
        key="microsoft" if key == "microsoft" else "google",
        title=key,
        summary="-",
        dimensions=(Dimension(key="people", title="-", covers="-"),),
        levels=tuple(listed),
        sources=("sheet",),
    )


def _rules() -> TargetRules:
    named = [{"id": name, "title": name, "says": "-"} for name in (*NEEDS, *READINESS)]
    points = [{**each, "when": (NEEDS | READINESS)[str(each["id"])]} for each in named]
    rules = [
        {
            "id": name,
            "level": level,
            "says": "at-least" if level else "exactly",
            "when": when,
            "reason": "-",
            "sources": ["sheet"],
        }
        for name, level, when in RULES
    ]
    return TargetRules.model_validate(
        {"needs": points[: len(NEEDS)], "readiness": points[len(NEEDS) :], "rules": rules}
    )
