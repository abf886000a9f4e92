"""A complete content folder in its smallest form, for tests that break it in one place and read what is said."""

import datetime as dt
from pathlib import Path

import yaml

TEXT = "Some words."
DAY = dt.date(2026, 11, 20)


def practice(practice_id: str, title: str, **fields: object) -> dict[str, object]:
    """Give a valid practice with the given id and title."""
    texts = dict.fromkeys(("question", "yes", "partly", "why", "evidence", "step"), TEXT)
    rest = {"effort": "days", "keeps_months": 6, "capability": "testing", "sources": ["ours"]}
    return {"id": practice_id, "title": title, **texts, **rest, **fields}


def model(key: str, levels: int) -> dict[str, object]:
    """Give a valid model with levels 0 to `levels`."""
    every = []
    for number in range(levels + 1):
        lists = {name: [TEXT] for name in ("highlights", "technology", "when")}
        every.append({"number": number, "name": f"Level {number}", "summary": TEXT, **lists, "sources": ["ours"]})
    return {"key": key, "title": key.title(), "summary": TEXT, "levels": every, "sources": ["ours"]}


TARGET: dict[str, object] = {
    "needs": [{"id": "N1", "title": "Many", "says": TEXT, "when": [{"fact": "use_cases", "at_least": 20}]}],
    "readiness": [{"id": "R1", "title": "Level 3", "says": TEXT, "when": [{"overall_at_least": 3}]}],
    "rules": [
        {
            "id": "T1",
            "level": 1,
            "when": [{"fact": "stage", "one_of": ["live"]}, {"any_need": True}],
            "reason": "{use_cases} are live.",
            "sources": ["ours"],
        },
    ],
}
FACTS: list[dict[str, object]] = [
    {
        "key": "stage",
        "title": "Stage",
        "question": TEXT,
        "why": TEXT,
        "kind": "choice",
        "keeps_months": 12,
        "options": [{"value": "idea", "label": "An idea"}, {"value": "live", "label": "Live"}],
    },
    {"key": "use_cases", "title": "Use cases", "question": TEXT, "why": TEXT, "kind": "count", "keeps_months": 3},
]


def tool(slug: str, name: str, **fields: object) -> dict[str, object]:
    """Give a valid tool."""
    about = {"licence": "MIT", "kind": "open-source", "choose_when": TEXT, "reviewed_on": DAY}
    return {"slug": slug, "name": name, **about, **fields}


CAPABILITY: dict[str, object] = {
    "slug": "testing",
    "title": "Testing",
    "what": TEXT,
    "why": TEXT,
    "from_level": 1,
    "tools": ["pytest"],
}
FILES: dict[str, object] = {
    "models/microsoft.yml": model("microsoft", 4),
    "models/google.yml": model("google", 2),
    "models/practices/creation.yml": {
        "practices": [
            practice("M2-C-1", "Training job"),
            practice("M1-C-1", "Data pipeline", keeps_months=12, gate=True),
        ],
    },
    "models/practices/others.yml": {
        "practices": [
            practice("X-owner", "Owner"),
            practice("G1-1", "Steps chained", same_as="M2-C-1"),
            practice("M1-A-1", "Builds"),
        ],
    },
    "sources.yml": {
        "sources": [{"key": "ours", "title": TEXT, "publisher": "Us", "reviewed_on": DAY}],
    },
    "facts.yml": {"facts": FACTS},
    "target.yml": TARGET,
    "thresholds.yml": {"share_percent": 75},
    "answers/one.yml": {
        "answers": [
            {
                "id": "levels/overview",
                "topic": "levels/overview",
                "title": "What are the levels?",
                "asks": ["what are the levels"],
                "verdict": TEXT,
                "reviewed_on": DAY,
                "review_by": DAY.replace(year=2027),
                "sources": ["ours"],
            }
        ]
    },
    "asking/families.yml": {"families": [{"topic": "tool/{tool}", "asks": ["what is {tool}"]}]},
    "asking/pages.yml": {"pages": [{"topic": "tool/{tool}", "title": "What is {tool} for?"}]},
    "asking/declined.yml": {"declined": [{"kind": "office", "asks": ["what is for lunch"]}]},
    "asking/words.yml": {
        "written_out": {"whats": "what is"},
        "dropped": ["the"],
        "neutral": ["monday"],
        "foreign": ["cmmi"],
        "levels": {},
        "dimensions": {},
        "same": {"need": ["need", "require"]},
    },
    "capabilities/testing.yml": CAPABILITY,
    "tools/pytest.yml": tool("pytest", "pytest"),
}


def write(root: Path, file: str, data: object) -> None:
    """Write one content file: a text as it is, anything else as YAML."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    text = data if isinstance(data, str) else yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


def write_all(root: Path) -> Path:
    """Write the whole folder and give it back."""
    for file, data in FILES.items():
        write(root, file, data)
    return root


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Change one spot of a file; the spot must be there once, or the test tests nothing."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
