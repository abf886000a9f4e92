"""Time zones and countries by the names that people use, from the tables of the tzdata package."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from zoneinfo import available_timezones

_ALIKE = 0.6  # how alike a name must be to be suggested (0 to 1)
_LETTERS = 2  # of a country's code
_CODE = re.compile(r"([A-Za-z]{2})(?:[- ]([A-Za-z0-9]{1,5}))?")
_OTHER_NAMES = {
    "uk": "GB",
    "united kingdom": "GB",
    "great britain": "GB",
    "england": "GB",
    "usa": "US",
    "united states of america": "US",
    "czechia": "CZ",
    "south korea": "KR",
    "the netherlands": "NL",
    "samoa": "WS",
}
NO_COUNTRY = ("none", "off", "nowhere")  # "no" is Norway


class UnknownPlace(Exception):  # noqa: N818 - a situation
    """No zone, or no country, of this name; `near` is one that is spelt alike, or an example that works."""

    def __init__(self, given: str, near: str) -> None:
        self.given = given
        self.near = near
        super().__init__(f"{given!r} is not known; try {near!r}")


def _table(name: str) -> list[list[str]]:
    text = (resources.files("tzdata.zoneinfo") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every zone that can be named, such as `Europe/Berlin`; not the machine's own, and not the posix ones."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


@lru_cache(maxsize=1)
def _countries_of_zones() -> Mapping[str, str]:
    return {row[2]: row[0] for row in _table("zone.tab")}


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """Countries by their ISO 3166 code of two letters: `DE` is Germany."""
    return {row[0]: row[1] for row in _table("iso3166.tab")}


def country_of(zone: str) -> str:
    """The country that a zone lies in, as its code; empty where none, or more than one, is meant (`UTC`)."""
    return _countries_of_zones().get(zone, "")


def find_zone(text: str) -> str:
    """Read a zone: its name in any case, or its city alone. UnknownPlace with the nearest one."""
    said = _plain(text)
    names = {_plain(name): name for name in zone_names()}
    if said in names:
        return names[said]
    cities: dict[str, list[str]] = {}
    for name in _countries_of_zones():
        cities.setdefault(_plain(name.rpartition("/")[2]), []).append(name)
    if len(found := cities.get(said, [])) == 1:
        return found[0]
    near = difflib.get_close_matches(said, [*names, *cities], n=1, cutoff=_ALIKE)
    raise UnknownPlace(text, names.get(near[0]) or cities[near[0]][0] if near else "Europe/Berlin")


def find_country(text: str) -> str:
    """Read a country, with its region where one is named: `DE`, `DE-BY`, `Germany`; empty for `none`.

    UnknownPlace for a country, or a region, whose public holidays are not known.
    """
    said = _plain(text)
    if said in NO_COUNTRY:
        return ""
    named = {_plain(name): code for code, name in country_names().items()} | _OTHER_NAMES
    if said in named and named[said] in _supported():
        return named[said]
    if coded := _CODE.fullmatch(text.strip()):
        country, region = coded[1].upper(), coded[2]
        regions = {each.casefold(): each for each in _supported().get(country, ())}
        if country in _supported() and (region is None or region.casefold() in regions):
            return f"{country}-{regions[region.casefold()]}" if region else country
        raise UnknownPlace(text, country if country in _supported() else "DE")
    near = difflib.get_close_matches(said, list(named), n=1, cutoff=_ALIKE)
    raise UnknownPlace(text, country_names()[named[near[0]]] if near else "DE")


def country_name(code: str) -> str:
    """A country, or a region of one, in words: `Germany`, `Germany (BY)`; empty for none."""
    country, _, region = code.partition("-")
    name = country_names().get(country, country)
    return f"{name} ({region})" if region else name


@lru_cache(maxsize=1)
def _supported() -> Mapping[str, list[str]]:
    import holidays  # large; loaded when a calendar is first needed

    return {code: regions for code, regions in holidays.list_supported_countries().items() if len(code) == _LETTERS}


def _plain(text: str) -> str:
    """A name as it is compared: without case, accents, and with spaces for underscores."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(letters.casefold().replace("_", " ").split()).strip(" .!?")
