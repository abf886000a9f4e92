"""Whoever asks, and whenever: Slack is not called more often than it allows, and everybody gets a turn."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import GRACE_SECONDS, POST_BURST, Pace

MINUTE, TIER_3 = 60.0, 50


class Watch:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def most_in(times: list[float], seconds: float) -> int:
    """The most calls in any stretch of so many seconds."""
    return max((sum(start <= time < start + seconds for time in times) for start in times), default=0)


def played(method: str, arrivals: list[float], lateness: float) -> dict[str, float]:
    """Let callers arrive after these pauses and come back when told, so many seconds late; when each was served."""
    watch = Watch()
    pace = Pace(watch)
    due, at = [], 0.0
    for number, pause in enumerate(arrivals):
        at += pause
        due.append((at, f"caller {number:03d}"))
    served: dict[str, float] = {}
    while due:
        due.sort()
        watch.at, who = due.pop(0)
        if (wait := pace.wait(method, "C1", who)) > 0:
            due.append((watch.at + wait + lateness, who))
        else:
            served[who] = watch.at
    return served


@given(st.lists(st.floats(0, 3), max_size=150), st.floats(0, GRACE_SECONDS * 2))
def test_in_any_minute_there_are_no_more_calls_than_slack_allows(arrivals: list[float], lateness: float) -> None:
    served = played("chat.update", arrivals, lateness)

    assert len(served) == len(arrivals)
    assert most_in(list(served.values()), MINUTE) <= TIER_3


@given(st.lists(st.floats(0, 1), max_size=60), st.floats(0, GRACE_SECONDS))
def test_posts_of_a_channel_are_one_a_second_after_a_short_burst(arrivals: list[float], lateness: float) -> None:
    served = played("chat.postMessage", arrivals, lateness)

    assert len(served) == len(arrivals)
    assert most_in(list(served.values()), 10.0) <= 10 + POST_BURST + GRACE_SECONDS


def test_those_who_wait_are_served_in_the_order_in_which_they_came() -> None:
    served = played("chat.postMessage", [0.0] * 12, 0.0)

    assert sorted(served, key=lambda who: served[who]) == [f"caller {number:03d}" for number in range(12)]
    assert max(served.values()) == 12 - POST_BURST


def test_turns_that_nobody_took_do_not_come_all_at_once_later() -> None:
    watch = Watch()
    pace = Pace(watch)
    for number in range(40):
        pace.wait("chat.postMessage", "C1", str(number))
    watch.at = 3_600.0

    at_once = [number for number in range(40) if pace.wait("chat.postMessage", "C1", str(number)) == 0]

    assert len(at_once) == POST_BURST


def test_channels_do_not_wait_for_each_other_and_a_wait_that_slack_asks_for_is_kept() -> None:
    watch = Watch()
    pace = Pace(watch)
    pace.hold("chat.postMessage", "C1", 30.0)

    assert pace.wait("chat.postMessage", "C1", "a") == 30.0
    assert pace.wait("chat.postMessage", "C2", "b") == 0.0
    watch.at = 30.0
    assert pace.wait("chat.postMessage", "C1", "a") == 0.0
