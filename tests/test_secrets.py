"""Secrets that people paste are not kept anywhere, and the person is told; ordinary words are never taken for one."""

import time
from pathlib import Path

import pytest

from dialogs.secrets import holds_secret
from stage import Stage
from test_privacy import does, on_disk, private, rows_of

KEY = "-----BEGIN OPENSSH PRIVATE KEY-----"
# Put together here, so that no file of ours holds anything that looks like a real one.
SECRETS = (
    "xoxb-" + "1234567890-abcdefghij",
    "xoxe.xoxp-" + "1-Mi0yLTEyMzQ1",
    "xapp-" + "1-A012-345-abcdef",
    "https://hooks.slack.com/services/" + "T000/B000/abcdefghijkl",
    "AKIA" + "IOSFODNN7EXAMPLE",
    "ASIA" + "IOSFODNN7EXAMPLE",
    "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "github_pat_" + "11ABCDEFG0123456789_abcdefghijklmnop",
    "glpat-" + "abcdefghij0123456789",
    "AIza" + "SyA1234567890abcdefghijklmnopqrstuv",
    "sk_live_" + "abcdefghij0123456789",
    "sk-proj-" + "Abcdefghij0123456789ab",
    "hf_" + "abcdefghijklmnopqrstuvwxyzABCDEFGH",
    "dapi" + "0123456789abcdef0123456789abcdef",
    KEY,
    "-----BEGIN PRIVATE KEY----- MIIEvQ",
    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "postgres://maturity:" + "hunter2@db.example.org/maturity",
    "password: " + "hunter2",
    "the password is " + "Tr0ub4dor",
    "PASSWORD=" + "s3cretpass",
    'db_password = "' + 'abc123xyz"',
    "AWS_SECRET_ACCESS_KEY=" + "wJalrXUtnFEMI7MDENGbPxRfiCYEXAMPLEKEY",
    "api key: " + "0123456789abcdef0123",
    "token=" + "a8f5f167f44f4964e6c998dee827110c",
)
WORDS = (
    "",
    "yes, but only for the fraud model",
    "see commit 3f786850e387550fdab836ed7e6dc881de23001b",
    "run 123e4567-e89b-12d3-a456-426614174000 of last week",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "https://mlflow.example.org/#/experiments/12/runs/8f14e45fceea167a5a36dedd4bea2543",
    "s3://models/fraud/2026-11-26/model.pkl",
    "we use scikit-learn and sk-learn-based-pipelines-everywhere",
    "passwords are in the vault, tokens are rotated every 90 days",
    "password: in the vault",
    "the password is rotated quarterly",
    "secret: ask Ana",
    "token: 128k context",
    "tokens per second: 1500",
    "the API key is rotated by Terraform",
    "api key: https://vault.example.org/v1/fraud/key7",
    "our secret is discipline2",
    "ana@example.org knows; see http://localhost:8080/health",
    "ssh://git@example.org/fraud.git",
    "eyJustice is not a token",
    "akia is a furniture shop, AKIAB12 a model",
    "gpt-4o-mini-2024-07-18 and claude-3-5-sonnet",
    "xoxo",
    "ticket MLOPS-12345, version v1.2.3-rc1, image fraud:2026.11.26-abcdef0",
)


@pytest.mark.parametrize("text", SECRETS)
def test_this_looks_like_a_secret(text: str) -> None:
    assert holds_secret(text)
    assert holds_secret(f"partly, because {text}, you see")


@pytest.mark.parametrize("text", WORDS)
def test_this_does_not(text: str) -> None:
    assert not holds_secret(text)


@pytest.mark.parametrize(
    "part", ["a-", "a.b", "sk-", "eyJ-", "password", "pass ", "-----BEGIN A ", "x://", "token=", "://:"]
)
def test_no_text_takes_long_to_read(part: str) -> None:
    started = time.process_time()
    holds_secret(part * (40_000 // len(part)))
    assert time.process_time() - started < 2


TOKEN = SECRETS[0]


@pytest.mark.parametrize(
    ("deeds", "told"),
    [
        ((f"yes but only with {TOKEN}",), "Your note looks like it holds a password or a token"),
        ((f"> our models are kept with {TOKEN}",), "looks like it holds a password or a token"),
        ((f"> what is a registry and is {TOKEN} right?",), "Your question looks like it holds"),
        ((f"/maturity ask where do I put {TOKEN} for the zebra?",), "Your question looks like it holds"),
        ((f"/maturity start {TOKEN}",), "I did nothing with it"),
        ((f"/maturity remind me {TOKEN}",), "I did nothing with it"),
        ((f"> remind every {TOKEN}",), "I did nothing with it"),
        ((f"> statsu {TOKEN}",), "Your"),
    ],
)
async def test_a_pasted_token_is_nowhere_on_the_disk_and_whoever_pasted_it_is_told(
    tmp_path: Path, deeds: tuple[str, ...], told: str
) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start full", "[Skip the facts]")

        await does(stage, "Ana", *deeds)

        assert told in private(stage, "Ana")
        assert TOKEN.encode() not in on_disk(tmp_path)
        said = [each.text for each in stage.person("Ben").sees() if each.author == stage.bot.router.me.user]
        assert [text for text in said if TOKEN in text] == []


async def test_the_answer_that_came_with_a_token_counts_without_its_note(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start full", "[Skip the facts]", f"no because {TOKEN}")

        rows = await rows_of(stage.bot.store, "SELECT choice, note FROM answers")

        assert rows == [{"choice": "no", "note": None}]


async def test_the_form_for_an_answer_keeps_no_token_either(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start full", "[Skip the facts]", "yes")
        await stage.person("Ana").clicks("Edit")
        await stage.workspace.until(lambda: stage.person("Ana").modal is not None)
        await stage.person("Ana").submits(choice="Partly", note=f"with {TOKEN}")
        await stage.settled()

        assert (await rows_of(stage.bot.store, "SELECT choice, note FROM answers ORDER BY turn"))[-1] == {
            "choice": "partly",
            "note": None,
        }
        assert "Your note looks like it holds a password or a token" in private(stage, "Ana")
