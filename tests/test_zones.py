"""Time zones and countries by the names that people use, and a suggestion that works where a name is not known."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.zones import (
    UnknownPlace,
    _countries_of_zones,
    country_name,
    country_names,
    country_of,
    find_country,
    find_zone,
    zone_names,
)


def zone_or_near(text: str) -> str:
    """The zone of this name, or the one that is suggested."""
    try:
        return find_zone(text)
    except UnknownPlace as unknown:
        return unknown.near


def country_or_near(text: str) -> str:
    """The country of this name; where there is none, the name that is suggested."""
    try:
        return find_country(text)
    except UnknownPlace as unknown:
        return unknown.near


def near_zone(text: str) -> str:
    with pytest.raises(UnknownPlace) as raised:
        find_zone(text)
    assert raised.value.given == text
    return raised.value.near


def near_country(text: str) -> str:
    with pytest.raises(UnknownPlace) as raised:
        find_country(text)
    assert raised.value.given == text
    return raised.value.near


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("  EUROPE/BERLIN. ", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao_paulo", "America/Sao_Paulo"),
        ("lord howe", "Australia/Lord_Howe"),
        ("Apia", "Pacific/Apia"),
        ("Kolkata", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("US/Eastern", "US/Eastern"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_name_in_any_case_or_by_its_city(text: str, expected: str) -> None:
    assert find_zone(text) == expected


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("berln", "Europe/Berlin"),
        ("Europe/Belrin", "Europe/Berlin"),
        ("Kolkatta", "Asia/Kolkata"),
        ("Calcutta", "Asia/Calcutta"),
        ("new york city", "America/New_York"),
        ("America/NewYork", "America/New_York"),
        ("utc+1", "UTC"),
        ("", "Europe/Berlin"),
        ("+01:00", "Europe/Berlin"),
        ("PST", "Europe/Berlin"),
        ("\N{ROCKET}", "Europe/Berlin"),
        ("../../etc/passwd", "Europe/Berlin"),
    ],
)
def test_a_zone_that_is_not_known_is_answered_with_the_nearest_or_an_example(text: str, near: str) -> None:
    assert near_zone(text) == near


@pytest.mark.parametrize("text", ["localtime", "Factory", "posix/Europe/Berlin", "right/UTC"])
def test_the_machines_own_zone_and_the_posix_ones_cannot_be_named(text: str) -> None:
    assert find_zone(near_zone(text)) in zone_names()


def test_every_zone_of_the_table_is_found_opens_and_lies_in_a_known_country() -> None:
    for zone in _countries_of_zones():
        assert find_zone(zone) == zone
        assert ZoneInfo(zone).key == zone
        country = country_of(zone)
        assert country in country_names()
        assert country_name(country) == country_names()[country]


def test_every_city_of_the_table_finds_its_zone_or_is_answered_with_one() -> None:
    for zone in _countries_of_zones():
        city = zone.rpartition("/")[2]
        assert find_zone(zone_or_near(city)).rpartition("/")[2] == city


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+5", "US/Eastern", "Europe/Nowhere", ""])
def test_a_zone_outside_the_table_lies_in_no_country(zone: str) -> None:
    assert country_of(zone) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DE", "DE"),
        ("de", "DE"),
        (" Germany ", "DE"),
        ("GERMANY", "DE"),
        ("DE-BY", "DE-BY"),
        ("de-by", "DE-BY"),
        ("US NY", "US-NY"),
        ("UK", "GB"),
        ("England", "GB"),
        ("usa", "US"),
        ("United States of America", "US"),
        ("The Netherlands", "NL"),
        ("Samoa", "WS"),
        ("Czechia", "CZ"),
        ("South Korea", "KR"),
        ("Norway", "NO"),
        ("none", ""),
        ("None.", ""),
        ("off", ""),
    ],
)
def test_a_country_is_found_by_its_code_or_name_and_none_means_weekends_only(text: str, expected: str) -> None:
    assert find_country(text) == expected


def test_every_countrys_code_names_that_country_or_is_answered_with_one_that_is_known() -> None:
    found = {code: country_or_near(code) for code in country_names()}
    assert {code: name for code, name in found.items() if name not in (code, "DE")} == {}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Germny", "Germany"),
        ("Brasil", "Brazil"),
        ("Korea", "Korea (South)"),
        ("DE-XX", "DE"),
        ("xx", "DE"),
        ("", "DE"),
        ("\N{ROCKET}", "DE"),
        ("Europe/Berlin", "DE"),
    ],
)
def test_a_country_that_is_not_known_is_answered_with_the_nearest_or_an_example(text: str, near: str) -> None:
    assert near_country(text) == near
    assert find_country(near)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("DE", "Germany"), ("DE-BY", "Germany (BY)"), ("WS", "Samoa (western)"), ("", ""), ("XX", "XX")],
)
def test_a_country_has_a_name_in_words(code: str, expected: str) -> None:
    assert country_name(code) == expected


NAMES = st.text(max_size=40) | st.sampled_from(sorted({*available_timezones(), *country_names().values()}))
MISSPELT = st.builds(
    lambda name, at, letter: name[:at] + letter + name[at + 1 :], NAMES, st.integers(0, 20), st.text(max_size=2)
)


@given(text=NAMES | MISSPELT)
def test_whatever_is_typed_as_a_zone_is_found_or_answered_with_one_that_is(text: str) -> None:
    assert find_zone(zone_or_near(text)) in zone_names()


@given(text=NAMES | MISSPELT)
def test_whatever_is_typed_as_a_country_is_found_or_answered_with_one_that_is(text: str) -> None:
    named = country_or_near(text)
    assert not named or find_country(named).partition("-")[0] in country_names()
