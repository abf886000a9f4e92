"""What people say about when they want to be reminded: read, or refused with an example that works."""

import datetime as dt

import pytest

from dialogs.schedule import NotASchedule, Rhythm, Unit, Wanted, read_schedule

TODAY = dt.date(2026, 11, 26)  # a Thursday


def read(text: str) -> Wanted:
    return read_schedule(text, TODAY)


def refused(text: str) -> NotASchedule:
    with pytest.raises(NotASchedule) as raised:
        read(text)
    return raised.value


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("every 3 months", 3, "month"),
        ("Every 3 Months.", 3, "month"),
        ("every  2   weeks!", 2, "week"),
        ("every 1 month", 1, "month"),
        ("every 260 weeks", 260, "week"),
        ("every 60 months", 60, "month"),
        ("every month", 1, "month"),
        ("each week", 1, "week"),
        ("every other week", 2, "week"),
        ("every second month", 2, "month"),
        ("every third week", 3, "week"),
        ("every six weeks", 6, "week"),
        ("every fortnight", 2, "week"),
        ("every two fortnights", 4, "week"),
        ("every quarter", 3, "month"),
        ("every 2 quarters", 6, "month"),
        ("every half year", 6, "month"),
        ("every half a year", 6, "month"),
        ("every year", 12, "month"),
        ("every 5 years", 60, "month"),
        ("per month", 1, "month"),
        ("once a week", 1, "week"),
        ("once per quarter", 3, "month"),
        ("once every 6 months", 6, "month"),
        ("once a year", 12, "month"),
        ("twice a year", 6, "month"),
        ("thrice a year", 4, "month"),
        ("four times a year", 3, "month"),
        ("12 times per year", 1, "month"),
        ("twice a month", 2, "week"),
        ("weekly", 1, "week"),
        ("fortnightly", 2, "week"),
        ("monthly", 1, "month"),
        ("quarterly", 3, "month"),
        ("half-yearly", 6, "month"),
        ("annually", 12, "month"),
        ("\N{FULLWIDTH DIGIT THREE} times a year", 4, "month"),
    ],
)
def test_a_rhythm_is_read_in_many_words(text: str, count: int, unit: Unit) -> None:
    assert read(text)[:2] == (Rhythm(count=count, unit=unit), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-26"),
        ("tomorrow", "2026-11-27"),
        ("in 1 day", "2026-11-27"),
        ("in 10 days", "2026-12-06"),
        ("in a week", "2026-12-03"),
        ("in 6 weeks", "2027-01-07"),
        ("in two fortnights", "2026-12-24"),
        ("in 3 months", "2027-02-26"),
        ("in half a year", "2027-05-26"),
        ("in 5 years", "2031-11-26"),
        ("next week", "2026-12-03"),
        ("next month", "2026-12-26"),
        ("next quarter", "2027-02-26"),
        ("next year", "2027-11-26"),
        ("monday", "2026-11-30"),
        ("on Friday", "2026-11-27"),
        ("next thursday", "2026-12-03"),
        ("thursday", "2026-12-03"),
        ("on 2027-02-01", "2027-02-01"),
        ("2027-2-1", "2027-02-01"),
        ("on 2026-11-26", "2026-11-26"),
        ("2028-02-29", "2028-02-29"),
        ("2031-11-26", "2031-11-26"),
        ("1 March", "2027-03-01"),
        ("on the 1st of March", "2027-03-01"),
        ("first of march", "2027-03-01"),
        ("March 1st, 2028", "2028-03-01"),
        ("march the 2nd", "2027-03-02"),
        ("3rd sept.", "2027-09-03"),
        ("24 Dec", "2026-12-24"),
        ("25 November", "2027-11-25"),
        ("26 November", "2026-11-26"),
        ("29 February", "2027-02-28"),  # next year has none: its last day
        ("29 Feb 2028", "2028-02-29"),
        ("1.3.2027", "2027-03-01"),
        ("1.3.", "2027-03-01"),
        ("24.12", "2026-12-24"),
        ("13/3/2027", "2027-03-13"),
        ("3/13", "2027-03-13"),
        ("5/5", "2027-05-05"),
        ("in March", "2027-03-01"),
        ("early may 2028", "2028-05-01"),
        ("november", "2027-11-01"),
        ("in december", "2026-12-01"),
    ],
)
def test_a_day_is_read_in_many_words_and_is_the_next_such_day(text: str, expected: str) -> None:
    assert read(text)[:2] == (None, day(expected))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("every 0 months", "remind-zero"),
        ("every 00 weeks", "remind-zero"),
        ("in 0 days", "remind-zero"),
        ("in 0 months", "remind-zero"),
        ("every 61 months", "remind-too-rare"),
        ("every 261 weeks", "remind-too-rare"),
        ("every 6 years", "remind-too-rare"),
        ("every 99999 weeks", "remind-too-rare"),
        ("every day", "remind-days"),
        ("daily", "remind-days"),
        ("every 3 hours", "remind-days"),
        ("every other day", "remind-days"),
        ("every working day", "remind-days"),
        ("5 times a year", "remind-times"),
        ("0 times a year", "remind-times"),
        ("2026-11-25", "remind-past"),
        ("on 1 March 2020", "remind-past"),
        ("0001-01-01", "remind-past"),
        ("in 61 months", "remind-too-far"),
        ("in 6 years", "remind-too-far"),
        ("in 261 weeks", "remind-too-far"),
        ("in 99999 days", "remind-too-far"),
        ("in 99999 years", "remind-too-far"),
        ("2031-11-27", "remind-too-far"),
        ("9999-12-31", "remind-too-far"),
        ("1/2/2027", "remind-two-ways"),
        ("12/11", "remind-two-ways"),
        ("30 February", "remind-no-such-day"),
        ("2027-02-29", "remind-no-such-day"),
        ("31.4.", "remind-no-such-day"),
        ("31 November", "remind-no-such-day"),
        ("", "remind-not-understood"),
        ("soon", "remind-not-understood"),
        ("every", "remind-not-understood"),
        ("every 3", "remind-not-understood"),
        ("every -3 months", "remind-not-understood"),
        ("every 1.5 months", "remind-not-understood"),
        ("every 999999 weeks", "remind-not-understood"),
        ("3 months", "remind-not-understood"),
        ("in -3 weeks", "remind-not-understood"),
        ("yesterday", "remind-not-understood"),
        ("2027-13-01", "remind-not-understood"),
        ("2027-12-32", "remind-not-understood"),
        ("0000-01-01", "remind-not-understood"),
        ("13/13/2027", "remind-not-understood"),
        ("32 march", "remind-not-understood"),
        ("0 march", "remind-not-understood"),
        ("every 3 months on 1 March", "remind-not-understood"),
        ("\N{ROCKET}", "remind-not-understood"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_kind(text: str, kind: str) -> None:
    assert refused(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25",
        "1 March 2020",
        "29 Feb 2024",
        "2031-11-27",
        "in 6 years",
        "30 February",
        "31 November",
        "2026-02-30",
        "2020-02-30",
        "2031-11-31",
        "31.4.2026",
    ],
)
def test_the_day_that_a_refusal_gives_as_an_example_works(text: str) -> None:
    shown = str(refused(text).details["example"])
    assert read(f"on {shown}") == Wanted(None, day(shown), literal=True)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("every 3 months", True),
        ("EVERY 1 WEEK.", True),
        ("on 2027-02-01", True),
        ("2027-02-01", False),
        ("every three months", False),
        ("every month", False),
        ("monthly", False),
        ("every 1 year", False),
        ("on 1 March", False),
    ],
)
def test_only_the_exact_forms_need_no_confirming(text: str, *, literal: bool) -> None:
    assert read(text).literal is literal
