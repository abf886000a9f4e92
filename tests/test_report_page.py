"""The report as a page: needs only itself, lets nobody's words do anything, reads well light, dark and small."""

import asyncio
import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.export_files import files_of
from bot.export_pages import Picture
from chromium import NOT_FOUND, find_chromium, open_page
from dialogs.events import Person
from dialogs.exported import SubjectExport
from test_exports import BEN, FACTS, FINISH, NASTY, QUICK, Deed, Fact, library, told

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
VOID = {"meta", "img"}
browser_needed = pytest.mark.skipif(find_chromium() is None, reason=NOT_FOUND)


class Reader(HTMLParser):
    """Reads a page as a browser does: its tags in order, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.styles: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.texts.append(" ")  # cells stand apart
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        (self.styles if self.open[-1:] == ["style"] else self.texts).append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def page_of(export: SubjectExport, *pictures: Picture) -> str:
    (page,) = files_of(export, library(), ["html"], pictures)
    return page.text


def story(words: str) -> tuple[Deed | Fact | str, ...]:
    """Somebody of this name says this everywhere it can be said."""
    who = Person("U3", words)
    return (
        Fact("stage", "production"),
        Fact("stack", (words,), who),
        Deed("M2-C-4", "no", words, (words,), None, BEN),
        Deed("M2-C-4", "partly", words, (words,), None, who),
        Deed("M9-Z-1", "yes", words, (), None, who),
        FINISH,
    )


@pytest.mark.parametrize("words", [*NASTY, '" onmouseover="alert(1)" \''])
def test_no_words_become_a_part_of_the_page(tmp_path: Path, words: str) -> None:
    nasty, harmless = (
        Reader(page_of(told(tmp_path / name, story(said)))) for name, said in (("a", words), ("b", "word"))
    )

    assert nasty.tags == harmless.tags
    assert [each[:2] for each in nasty.attributes] == [each[:2] for each in harmless.attributes]
    assert nasty.open == []
    seen = re.sub("[\x00-\x08\u202e\u2066\ufeff\u200f]", "", words)
    assert " ".join(seen.split()) in nasty.text


def test_the_page_holds_no_script_and_loads_nothing_and_its_policy_says_so(tmp_path: Path) -> None:
    reader = Reader(page_of(told(tmp_path, QUICK), Picture("Levels", "in words", PNG), Picture("Map", "<b>", SVG)))

    addresses = [value for _, name, value in reader.attributes if name in ("src", "href", "action", "srcset")]
    assert [address.split(",")[0] for address in addresses if address.startswith("data:")] == [
        "data:image/png;base64",
        "data:image/svg+xml;base64",
    ]
    assert [each for each in addresses if not each.startswith("data:")] == ["https://wiki.example.com/runs?id=1&x=2"]
    assert not {"script", "link", "iframe", "object", "form", "base"} & set(reader.tags)
    assert not [name for _, name, _ in reader.attributes if name.startswith("on") or name == "style"]
    (style,) = reader.styles
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(value for tag, name, value in reader.attributes if tag == "meta" and "default-src" in value)
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_pictures_come_with_their_titles_and_the_same_in_words(tmp_path: Path) -> None:
    reader = Reader(page_of(told(tmp_path, QUICK), Picture("Levels", "level 1 <of> 4", PNG)))

    assert ("img", "alt", "level 1 <of> 4") in reader.attributes
    assert "Levels" in reader.text


def test_the_page_tells_levels_practices_steps_risks_answers_and_the_way_there(tmp_path: Path) -> None:
    export = told(tmp_path, QUICK, (*FACTS, Deed("M2-C-4", "yes", "at last", person=BEN), Deed("M1-C-1", "no"), FINISH))

    page = page_of(export)
    text = Reader(page).text

    headings = ["Levels", "Next steps", "Practices by area and level", "Risks, whatever the level", "Facts", "Answers"]
    places = [page.index(f"<h2>{each}</h2>") for each in headings]
    assert places == sorted(places)
    assert "One place for training records (M2-C-4) ● yes Ben 21 Feb 2027 at last" in text
    assert "Over time" in text
    assert text.count(library().version) >= 3
    assert re.search(r"Tools in use \S.*? Ana 21 Feb 2027", text)


def test_every_cell_of_the_map_says_in_words_what_its_shapes_show(tmp_path: Path) -> None:
    page = page_of(told(tmp_path, QUICK))

    cells = re.findall(r'<td class="(met|part|short|open|none)(?: aim)?">(.*?)</td>', page)
    assert len(cells) == 16
    counted = {"●": r"(\d+) yes", "◐": r"(\d+) partly", "○": r"(\d+) no\b(?! k)", "?": r"(\d+) not known"}
    for _, cell in cells:
        shapes = re.search('aria-hidden="true">(.*?)</span>(.*)', cell)
        if shapes is None:
            assert "adds nothing" in cell
            continue
        for shape, pattern in counted.items():
            said = re.search(pattern, shapes[2])
            assert shapes[1].count(shape) == (int(said[1]) if said else 0)


def test_without_a_result_the_page_tells_the_answers_so_far(tmp_path: Path) -> None:
    text = Reader(page_of(told(tmp_path, QUICK[:-1]))).text

    assert "No assessment of this subject is finished yet" in text
    assert "half of it" in text
    assert "Practices by area" not in text


# In a browser --------------------------------------------------------------------------------------------------------


@pytest.mark.browser
@browser_needed
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.asyncio(loop_scope="module")
async def test_in_a_browser_it_is_styled_reads_on_a_phone_and_breaks_no_policy(
    browser: Browser, tmp_path: Path, scheme: str
) -> None:
    export = await _told(tmp_path)
    file = tmp_path / "report.html"
    file.write_text(page_of(export, Picture("Levels", "in words", PNG), Picture("Map", "map", SVG)), encoding="utf-8")

    light = scheme == "light"
    async with open_page(file.as_uri(), browser, size=(390, 800), scheme="light" if light else "dark") as page:
        paper = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        ink = await page.evaluate("getComputedStyle(document.body).color")
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        loaded = await page.evaluate("[...document.images].map(each => each.naturalWidth > 0)")

    assert _bright(paper) == light
    assert _bright(ink) != light
    assert wide <= 0
    assert loaded == [True, True]


async def _told(folder: Path) -> SubjectExport:
    return await asyncio.to_thread(told, folder, (*QUICK[:-1], Deed("M1-R-1", "no", "w" * 400), FINISH))


def _bright(colour: str) -> bool:
    return sum(map(int, re.findall(r"\d+", colour)[:3])) > 3 * 128
