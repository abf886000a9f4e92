"""Places where a test can kill the bot: all of them are on the way, and none is armed in production."""

from collections import Counter
from pathlib import Path

import pytest

from bot.running import arm_for_tests
from bot.settings import Settings
from stage import Stage
from storage import failpoints
from storage.failpoints import POINTS, VARIABLE, NoSuchPoint, Point

QUARTER = 92 * 86_400.0  # seconds
ORDER = {VARIABLE: "before-commit:1"}


def settings(api: str) -> Settings:
    return Settings(_env_file=None, slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=api)


async def test_an_assessment_with_a_reminder_passes_every_place_where_the_bot_can_be_killed(tmp_path: Path) -> None:
    reached = Counter[Point]()
    with failpoints.heard_by(lambda point: reached.update([point])):
        async with Stage(tmp_path) as stage:
            ana = stage.person("Ana")
            for act in ("/maturity start fraud model", "/maturity remind every 3 months"):
                await ana.commands(act)
                await stage.settled()
            for label in ("Skip the facts", "Yes", "Finish early"):
                await ana.clicks(label)
                await stage.settled()
            stage.clock.forward(QUARTER)
            await stage.bot.clock.tick()
            stage.bot.courier.wake()
            await stage.settled()

    assert set(reached) == set(POINTS)


def test_nothing_is_armed_where_the_variable_is_not_set() -> None:
    with failpoints.heard_by(None):
        arm_for_tests(settings("http://127.0.0.1:8765/api/"), {})

        assert not failpoints.armed()


def test_nothing_is_armed_against_the_real_slack() -> None:
    with failpoints.heard_by(None):
        arm_for_tests(settings("https://slack.com/api/"), ORDER)

        assert not failpoints.armed()


def test_the_local_workspace_may_arm_a_place() -> None:
    with failpoints.heard_by(None):
        arm_for_tests(settings("http://127.0.0.1:8765/api/"), ORDER)

        assert failpoints.armed()


@pytest.mark.parametrize("order", ["nowhere:1", "before-commit", "before-commit:0", "before-commit:x"])
def test_a_place_that_does_not_exist_is_refused_with_all_that_do(order: str) -> None:
    with pytest.raises(NoSuchPoint, match=r"before-commit, after-commit"):
        failpoints.arm(order)
