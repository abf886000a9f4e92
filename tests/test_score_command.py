"""`maturity-bot score`: exactly the agreed JSON out, and one clear line for anything else that comes in."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from bot.cli import main
from bot.score import run_score
from dialogs.answer_file import ScoringInputError, parse_scoring_input, scoring_output
from dialogs.answers import Choice, FactValue
from knowledge.library import load_library
from sample_library import sample_library
from teams import EVERY, LIBRARY, answers, everything, facts, full_facts, up_to


def run(text: str, *, batch: bool = False) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run_score(text, out, err, batch=batch, library=LIBRARY)
    return code, out.getvalue(), err.getvalue()


def test_a_team_is_scored_as_agreed() -> None:
    given_answers = {name: choice for name, choice in up_to(1).items() if name != "M2-C-3"}
    context = full_facts(use_cases=3, staleness="unknown", stack=["mlflow", "my own tool"])  # type: ignore[arg-type]  # JSON
    code, out, err = run(json.dumps({"answers": given_answers, "context": context}))
    assert (code, err) == (0, "")
    found = json.loads(out)
    verdicts = found.pop("verdicts")
    assert found == {
        "overall": 1,
        "dimensions": {"people": 1, "model-creation": 1, "model-release": 1, "application-integration": 2},
        "google": 1,
        "ceiling": {
            "overall": 1,
            "dimensions": {"people": 1, "model-creation": 1, "model-release": 1, "application-integration": 2},
            "google": 1,
        },
        "provisional": False,
        "target": 2,
        "target_rules": ["T1-production", "T2-use-cases"],
        "target_missing": [],
        "blockers": {
            "people": ["M2-P-1", "M2-P-2"],
            "model-creation": [
                *("M2-C-1", "M2-C-4", "M2-C-6", "M2-C-8"),
                *("M2-C-2", "M2-C-3", "M2-C-5", "M2-C-7", "M2-C-9", "M2-C-10", "M2-C-11"),
            ],
            "model-release": ["M2-R-1", "M2-R-2"],
            "application-integration": ["M3-A-1", "M3-A-2", "M3-A-3", "M3-A-4"],
            "google": ["G2-1", "G2-3", "G2-6", "G2-2", "G2-4", "G2-5", "G2-7"],
        },
        "risks": ["M2-C-8"],
    }
    assert {level: each["verdict"] for level, each in verdicts.items()} == {
        "0": "already",
        "1": "already",
        "2": "yes",
        "3": "no",
        "4": "no",
    }
    assert verdicts["2"] == {
        "verdict": "yes",
        "rules": ["T1-production", "T2-use-cases"],
        "flips": [
            {"fact": "stage", "from": "production", "to": "poc", "verdict": "not-yet"},
            {"fact": "use_cases", "from": 3, "to": 2, "verdict": "not-yet"},
        ],
    }


@pytest.mark.parametrize("text", ["{}", '{"answers": {}}', '{"context": {}}', ' {"answers": {}, "context": {}} \n'])
def test_both_keys_may_be_left_out(text: str) -> None:
    code, out, err = run(text)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["overall"], found["target"], found["provisional"]) == (0, 1, True)
    assert found["ceiling"]["overall"] == 4
    assert found["target_missing"][0] == "stage"
    assert {level: each["verdict"] for level, each in found["verdicts"].items()} == {
        "0": "unknown",
        "1": "unknown",
        "2": "unknown",
        "3": "unknown",
        "4": "no",
    }


BAD: list[tuple[str, str]] = [
    ("", "the input"),
    ("{", "the input"),
    ("[]", "the input"),
    ("null", "the input"),
    ('"yes"', "the input"),
    ("[" * 100_000, "the input"),
    ('{"answers": {}, "answers": {}}', "answers"),
    ('{"answers": {"M1-C-1": "yes", "M1-C-1": "yes"}}', "M1-C-1"),
    ('{"Answers": {}}', "Answers"),
    ('{"notes": 1}', "notes"),
    ('{"answers": null}', "answers"),
    ('{"answers": []}', "answers"),
    ('{"context": null}', "context"),
    ('{"context": "production"}', "context"),
    ('{"answers": {"M9-C-1": "yes"}}', "answers.M9-C-1"),
    ('{"answers": {"m1-c-1": "yes"}}', "answers.m1-c-1"),
    ('{"answers": {"M1-C-1": "Yes"}}', "answers.M1-C-1"),
    ('{"answers": {"M1-C-1": "yes "}}', "answers.M1-C-1"),
    ('{"answers": {"M1-C-1": null}}', "answers.M1-C-1"),
    ('{"answers": {"M1-C-1": true}}', "answers.M1-C-1"),
    ('{"answers": {"M1-C-1": ["yes"]}}', "answers.M1-C-1"),
    ('{"answers": {"M1-C-1": "na"}}', "answers.M1-C-1"),
    ('{"answers": {"X-owner": "na"}}', "answers.X-owner"),
    ('{"context": {"budget": 3}}', "context.budget"),
    ('{"context": {"stage": "Production"}}', "context.stage"),
    ('{"context": {"stage": null}}', "context.stage"),
    ('{"context": {"use_cases": 3.0}}', "context.use_cases"),
    ('{"context": {"use_cases": true}}', "context.use_cases"),
    ('{"context": {"use_cases": -1}}', "context.use_cases"),
    ('{"context": {"use_cases": "3"}}', "context.use_cases"),
    ('{"context": {"use_cases": NaN}}', "context.use_cases"),
    ('{"context": {"use_cases": 1e400}}', "context.use_cases"),
    (f'{{"context": {{"use_cases": {"9" * 5000}}}}}', "the input"),
    ('{"context": {"use_cases_planned": 2.5}}', "context.use_cases_planned"),
    ('{"context": {"adaptive": "true"}}', "context.adaptive"),
    ('{"context": {"adaptive": 1}}', "context.adaptive"),
    ('{"context": {"regulation": false}}', "context.regulation"),
    ('{"context": {"stack": "mlflow"}}', "context.stack"),
    ('{"context": {"stack": ["mlflow", 3]}}', "context.stack"),
    ('{"context": {"stack": null}}', "context.stack"),
    ('{"context": {"two\\nlines \\ud800": 1}}', "context.two\\nlines \\ud800"),
    ('{"answers": {"<!channel>": "yes"}}', "answers.<!channel>"),
    ('{"answers": {"\udcff": "yes"}}', "the input"),
]


@pytest.mark.parametrize(("text", "key"), BAD)
def test_bad_input_gives_one_line_that_names_the_key_and_nothing_else(text: str, key: str) -> None:
    code, out, err = run(text)
    assert code != 0
    assert out == ""
    assert err.startswith(f"{key}: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert err.isascii()
    assert len(err) < 400


def test_errors_say_what_to_write_instead() -> None:
    assert run('{"context": {"stage": "live"}}')[2] == (
        'context.stage: is "live"; give one of "personal", "poc", "to-production", "production"\n'
    )
    assert run('{"answers": {"M1-C-1": "maybe"}}')[2] == (
        'answers.M1-C-1: is "maybe"; give one of "yes", "partly", "no", "unknown", "na"\n'
    )


@pytest.mark.parametrize("name", ["M2-C-10", "M4-C-4", "G1-12", "X-personal-data"])
def test_not_applicable_is_accepted_where_it_is_allowed(name: str) -> None:
    assert run(json.dumps({"answers": {name: "na"}}))[0] == 0


def test_a_batch_answers_line_by_line_and_puts_an_error_where_the_bad_line_was() -> None:
    lines = ['{"answers": {"M1-C-2": "no"}}', "", '{"answers": {"M1-C-2": "No"}}', "   ", "{}\r"]
    code, out, err = run("\n".join(lines), batch=True)
    found: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    assert code != 0
    assert err == ""
    assert len(found) == 3
    assert found[0]["ceiling"]["overall"] == 0
    assert found[1] == {
        "error": 'answers.M1-C-2: is "No"; give one of "yes", "partly", "no", "unknown", "na"',
    }
    assert found[2]["ceiling"]["overall"] == 4


def test_a_batch_without_a_bad_line_ends_well() -> None:
    assert run("{}\n{}\n", batch=True)[0] == 0
    assert run("", batch=True) == (0, "", "")


def test_a_line_of_a_batch_may_hold_characters_that_only_look_like_line_ends() -> None:
    code, out, _ = run('{"context": {"stack": ["a\u2028b"]}}', batch=True)
    assert (code, out.count("\n")) == (0, 1)


@settings(max_examples=40)
@given(answers(EVERY), facts())
def test_what_json_carries_comes_back_as_it_was(given_answers: dict[str, Choice], known: dict[str, FactValue]) -> None:
    text = json.dumps({"answers": given_answers, "context": known})
    assert parse_scoring_input(LIBRARY, text) == (given_answers, known)


def test_output_has_all_keys_whatever_comes_in() -> None:
    found = scoring_output(LIBRARY, everything("yes"), {"stage": "poc"})
    assert list(found) == [
        "overall",
        "dimensions",
        "google",
        "ceiling",
        "provisional",
        "target",
        "target_rules",
        "target_missing",
        "blockers",
        "risks",
        "verdicts",
    ]
    assert found["blockers"] == {
        "people": [],
        "model-creation": [],
        "model-release": [],
        "application-integration": [],
        "google": [],
    }


def test_the_command_line_hands_a_file_over_and_gives_the_exit_code_back(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"answers": {"M1-C-2": "no"}}', encoding="utf-8")
    good = CliRunner().invoke(main, ["score", str(file), "--json"])
    assert (good.exit_code, json.loads(good.stdout)["overall"]) == (0, 0)
    bad = CliRunner().invoke(main, ["score", "-"], input='{"answers": {"M1-C-2": "No"}}')
    assert (bad.exit_code, bad.stdout) == (1, "")
    assert bad.stderr.startswith("answers.M1-C-2: ")
    batch = CliRunner().invoke(main, ["score", "-", "--batch"], input="{}\nnope\n")
    assert (batch.exit_code, batch.stdout.count("\n")) == (1, 2)


def test_an_error_is_a_value_error_with_its_sentence() -> None:
    with pytest.raises(ScoringInputError, match="answers: is null, not an object"):
        parse_scoring_input(LIBRARY, '{"answers": null}')


def test_what_ships_says_the_same_as_the_sheet() -> None:
    shipped, sheet = load_library(), sample_library()
    assert list(shipped.practices) == list(sheet.practices)
    for name, practice in sheet.practices.items():
        other = shipped.practices[name]
        assert (other.gate, other.same_as, other.na_when is None) == (
            practice.gate,
            practice.same_as,
            practice.na_when is None,
        )
    assert list(shipped.facts) == list(sheet.facts)
    for key, fact in sheet.facts.items():
        mine, theirs = [
            (each.kind, [option.value for option in each.options], each.default, each.default_from, each.step)
            for each in (fact, shipped.facts[key])
        ]
        assert mine == theirs
    for group in ("needs", "readiness", "rules"):
        listed = [[(each.id, each.when) for each in getattr(library.target, group)] for library in (shipped, sheet)]
        assert listed[0] == listed[1]
    assert [(rule.level, rule.says) for rule in shipped.target.rules] == [
        (rule.level, rule.says) for rule in sheet.target.rules
    ]
    assert shipped.thresholds == sheet.thresholds
