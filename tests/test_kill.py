"""The bot is killed at every place between receiving an event and noting a message as sent; the teams notice nothing.

Every event comes one to four times, old ones come again late. `make chaos` does the same at more moments, through whole
assessments of two teams at once.
"""

from pathlib import Path

from chaos.outcome import NOTHING
from chaos.scene import Plan, played
from storage.failpoints import POINTS

# Which place is reached for the how many-th time when each process of a run is killed.
CHAINS = (
    ("payload-received:2", "state-saved:1", "before-call:2", "before-commit:4", "due-row-found:1"),
    ("after-commit:2", "event-read:3", "row-claimed:2", "inbox-key-written:1", "outcome-noted:2", "due-row-handled:1"),
    (
        "before-acknowledgement:1",
        "before-try-noted:1",
        "before-transaction:2",
        "call-answered:2",
        "outbox-rows-written:1",
        "files-sent:1",
    ),
)


async def test_killed_at_every_place_the_bot_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    plans = [Plan(short=True), *(Plan(number, short=True, orders=chain) for number, chain in enumerate(CHAINS, 1))]

    clean, *disturbed = await played(tmp_path, plans, side_by_side=len(plans))

    assert {order.partition(":")[0] for result in disturbed for order in result.killed} == set(POINTS)
    assert clean.problems == []
    for result in disturbed:
        assert result.problems == []
        assert result.outcome.against(clean.outcome) == NOTHING, list(result.outcome.differences(clean.outcome))
