"""Making other people's words harmless in files: in Markdown, in spreadsheets, and as links."""

import re
import unicodedata
from itertools import takewhile
from urllib.parse import quote, urlsplit

from markupsafe import Markup

# Control characters but tab and line ends, signs that turn the direction of all text after them, halves of characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_MARKS = re.compile(r"([\\`*_\[\]{}|~$#])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_JOINER = "\N{WORD JOINER}"  # unseen; keeps "@name" and "#12" from calling people and issues where the text is pasted
_CALLS = re.compile(r"([@#])(?=\w)")
_ADDRESS = re.compile(r"(?i):(?=//)|(?<=www)\.")
_BEGINS_LIST = re.compile(r"^(\d*)(?=[-+=.)])")
_FORMULA = "=+-@\N{MINUS SIGN}"
_SAFE = "%/:?#@!$&'()*+,;=~-._"
_LONGEST = 2000  # characters of an address that is written as a link


def visible(text: str) -> str:
    """The text without signs that nobody sees, its line ends all alike."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line, without double spaces."""
    return " ".join(visible(text).split())


def markdown(value: object) -> Markup:
    """Give any text as Markdown that shows it and does nothing: no formatting, link, list, HTML, mention or reference.

    None is a mistake of ours and must not be shown.
    """
    if isinstance(value, Markup):
        return value
    if value is None:
        raise TypeError("a template puts out None; give the page what it needs")
    text = _MARKS.sub(r"\\\1", one_line(str(value)))
    text = "".join(_ENTITIES.get(sign, sign) for sign in text)
    text = _CALLS.sub(rf"\1{_JOINER}", _ADDRESS.sub(lambda found: "\\" + found[0], text))
    return Markup(_BEGINS_LIST.sub(r"\1\\", text))  # noqa: S704 - just escaped


def web_address(url: str) -> str | None:
    """The address with every sign escaped that could end a link early; None for what is no web address."""
    clean = url.strip()
    try:
        parts = urlsplit(clean)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or len(clean) > _LONGEST:
        return None
    return None if re.search(r"[\s\x00-\x1f\x7f]", clean) else quote(clean, safe=_SAFE)


def cell(value: object) -> str:
    """A spreadsheet cell that is shown and never worked out.

    Spreadsheets take a text for a formula that begins with one of = + - @, also in other widths and after blanks, or
    with a tab or a line end, alone or among blanks; such a text gets an apostrophe in front, which spreadsheets read
    as "this is text".
    """
    clean = visible("" if value is None else str(value))
    before = "".join(takewhile(_blank, clean))
    begins = unicodedata.normalize("NFKC", clean[len(before) :][:1])[:1]
    risky = "\t" in before or "\n" in before or (begins and begins in _FORMULA)
    return "'" + clean if risky else clean


def _blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cf", "Zs", "Cc") or sign == "\N{HANGUL FILLER}"
