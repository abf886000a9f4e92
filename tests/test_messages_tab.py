"""The Messages tab: one greeting when it is first opened, prompts, and talk; with the agent view and without it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.manifest import read_manifest
from bot.needs import AGENT_NEED
from bot.sandbox.workspace import Workspace
from bot.settings import Settings
from bot.speak_home import PROMPTS
from dialogs.deleting import FORMER
from finished_teams import Finished, finish
from stage import Stage
from storage.database import Row
from test_portfolio import FRAUD, says

VARIANT = Path(__file__).parents[1] / "docs" / "manifest-agent-view.yml"
SCHEMA = Path(__file__).parents[1].parent / "shared" / "slack" / "manifest.schema.json"
SLACKS = SCHEMA.with_name("web-api-methods.json")


def variant() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(VARIANT.read_text(encoding="utf-8"))
    return read


class AgentStage(Stage):
    """The same stage, with the variant of the manifest and its setting."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any] | None = None) -> None:
        super().__init__(folder)
        self.workspace = Workspace(manifest or variant(), None, clock=self.clock.seconds)

    @property
    def settings(self) -> Settings:
        return super().settings.model_copy(update={"agent_view": True})


async def opened(stage: Stage, name: str = "Ben") -> list[str]:
    """Open the tab; what stands in the direct message then."""
    person = stage.person(name)
    await person.opens_messages()
    await stage.settled()
    return [each.text for each in person.sees("dm")]


async def rows(stage: Stage, text: str) -> list[Row]:
    return await stage.bot.store.read(lambda reading: reading.sql(text))


# The greeting -------------------------------------------------------------------------------------------------------


async def test_nobody_is_written_to_before_they_open_the_tab(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ben").opens_home()
        await stage.settled()

        assert stage.person("Ben").sees("dm") == []


async def test_the_first_opening_brings_one_greeting_with_four_prompts_and_no_later_one_another(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        first = await opened(stage)
        labels = stage.person("Ben").last("dm").labels
        again = await opened(stage)
        await stage.stop_bot()
        await stage.start_bot()
        after_restart = await opened(stage)
        others = await opened(stage, "Dora")

    assert len(first) == 1
    assert "I walk teams through an MLOps maturity assessment" in first[0]
    assert labels == [title for title, _ in PROMPTS]
    assert again == after_restart == first
    assert len(others) == 1


async def test_an_event_that_slack_repeats_greets_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        stage.workspace.event_copies = 3

        assert len(await opened(stage)) == 1


async def test_a_guest_is_not_greeted_with_what_they_may_not_do(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        dora = stage.person("Dora")

        async def as_guest(method: str, _: object) -> dict[str, Any] | None:
            guest = {"id": dora.id, "name": "dora", "is_restricted": True}
            return {"ok": True, "user": guest} if method == "users.info" else None

        stage.workspace.before_call = as_guest

        assert await opened(stage, "Dora") == []


async def test_the_prompts_answer_open_the_form_and_show_the_portfolio(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await finish(stage, Finished(FRAUD, "fraud model", 1))
        await opened(stage)
        ben = stage.person("Ben")
        for label in ("Do we need level 4?", "What comes first?", "Where do we stand?"):
            await ben.clicks(label)
            await stage.settled()
        told = [each.text for each in ben.sees("dm") if each.ephemeral]
        await ben.clicks("Start an assessment", ben.sees("dm")[0])
        await stage.settled()

    assert len(told) == 3
    assert "level 4" in told[0].lower()
    assert "level 1" in told[1].lower()
    assert "*fraud model* (#fraud-detection): level 1" in told[2]
    assert ben.modal is not None


# Talk ---------------------------------------------------------------------------------------------------------------


async def test_start_alone_in_a_direct_message_offers_the_form(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ben = stage.person("Ben")
        await ben.says("start", "dm")
        await stage.settled()
        offer = ben.last("dm")
        await ben.clicks("Choose the channel")
        await stage.settled()
        await ben.submits(channel="#fraud-detection")
        await stage.settled()
        posted = [each.text for each in ben.sees("fraud-detection") if "MLOps maturity of fraud-detection" in each.text]

    assert offer.text.startswith("*Whose maturity is it about?*")
    assert len(posted) == 1


async def test_start_with_a_subject_still_begins_right_there(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ben = stage.person("Ben")
        await ben.says("start full churn model", "dm")
        await stage.settled()

        assert any("MLOps maturity of churn model" in each.text for each in ben.sees("dm"))


async def test_the_portfolio_by_direct_message_is_ones_whole_own(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ben = stage.person("Ben")
        await finish(
            stage, Finished(FRAUD, "fraud model", 1), Finished("D" + ben.id[1:], "pet model", 2, starter=ben.id)
        )
        await ben.says("portfolio", "dm")
        await stage.settled()
        text = ben.last("dm").text

    assert "*Portfolio: 2 subjects*" in text
    assert "*pet model* (direct message)" in text


# With the agent view ------------------------------------------------------------------------------------------------


async def test_as_an_agent_it_hangs_its_prompts_into_the_tab_whenever_it_is_opened(tmp_path: Path) -> None:
    async with AgentStage(tmp_path) as stage:
        first = await opened(stage)
        labels = stage.person("Ben").last("dm").labels
        await opened(stage)
        calls = [each for each in stage.workspace.api_calls if each.method == "assistant.threads.setSuggestedPrompts"]
        prompts = stage.person("Ben").prompts

    assert len(first) == 1
    assert labels == []
    assert prompts == [title for title, _ in PROMPTS]
    assert len(calls) == 2
    assert all("thread_ts" not in call.args for call in calls)


async def test_what_a_prompt_says_is_understood(tmp_path: Path) -> None:
    async with AgentStage(tmp_path) as stage:
        ben = stage.person("Ben")
        await opened(stage)
        answers = {}
        for title, _ in PROMPTS:
            await ben.takes_prompt(title)
            await stage.settled()
            answers[title] = ben.last("dm").text

    assert answers["Start an assessment"].startswith("*Whose maturity is it about?*")
    assert answers["Where do we stand?"].startswith("Nothing has been assessed in the channels you are in.")
    assert "Sources" in answers["Do we need level 4?"] or "Source" in answers["Do we need level 4?"]
    assert "nothing curated" not in answers["What comes first?"]


async def test_without_the_agents_manifest_everything_else_works_and_the_log_says_what_is_wrong(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with AgentStage(tmp_path, read_manifest()) as stage:
        first = await opened(stage)

    assert len(first) == 1
    assert "is AGENT_VIEW on without its manifest?" in caplog.text


def test_slack_would_take_the_variant_of_the_manifest() -> None:
    if not SCHEMA.exists():
        pytest.skip("../shared/slack is not here: the variant cannot be compared")
    check = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

    assert [error.message for error in check.iter_errors(variant())] == []


def test_the_variant_differs_from_the_manifest_by_the_agent_alone() -> None:
    with_agent, ordinary = variant(), json.loads(json.dumps(read_manifest()))
    agent = with_agent["features"].pop("agent_view")
    with_agent["oauth_config"]["scopes"]["bot"].remove("assistant:write")

    assert with_agent == ordinary
    assert [(each["title"], each["message"]) for each in agent["suggested_prompts"]] == list(PROMPTS)
    assert AGENT_NEED.scope == "assistant:write"


def test_slack_asks_for_the_agents_scope_where_we_say_so() -> None:
    if not SLACKS.exists():
        pytest.skip("../shared/slack is not here: the scope cannot be compared")
    methods = json.loads(SLACKS.read_text(encoding="utf-8"))["methods"]

    assert all(AGENT_NEED.scope in methods[method]["scopes"]["bot"] for method in AGENT_NEED.methods)


# Privacy ------------------------------------------------------------------------------------------------------------


async def test_what_is_kept_of_a_greeting_and_a_policy_is_exported_and_deleted(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = stage.person("Ana")
        await opened(stage, "Ana")
        await says(stage, "Ana", "/maturity settings ranking on")
        exported = await says(stage, "Ana", "/maturity export mine")
        asked = await says(stage, "Ana", "/maturity delete me")
        await ana.clicks("Delete all about me")
        await stage.settled()
        greetings = await rows(stage, "SELECT * FROM greetings")
        policies = await rows(stage, "SELECT ranking, set_by FROM policies")

    assert '"greetings": [' in exported
    assert '"policies": [' in exported
    assert "that I greeted you in the Messages tab" in asked
    assert "your name on the settings of the workspace" in asked
    assert greetings == []
    assert policies == [{"ranking": 1, "set_by": FORMER.id}]
