"""The files of an exported subject, by kind, with names that are safe on every system."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, get_args

from bot.export_csv import csv_table
from bot.export_findings import Findings, findings_of
from bot.export_pages import Picture, html_page, markdown_page
from dialogs.exported import SubjectExport, as_json
from knowledge.library import Library

Kind = Literal["markdown", "csv", "json", "html"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_LONGEST = 60  # characters of the subject within a file's name
_TYPES: dict[Kind, tuple[str, str, str]] = {
    "markdown": ("md", "text/markdown; charset=utf-8", "report and next steps, to paste"),
    "csv": ("csv", "text/csv; charset=utf-8", "answers as a table"),
    "json": ("json", "application/json", "everything, to import elsewhere"),
    "html": ("html", "text/html; charset=utf-8", "report as a page"),
}


class ExportFile(NamedTuple):
    """A file: its name, what to call it, its type, and its text, to be written as UTF-8 with line ends as they are."""

    name: str
    title: str
    content_type: str
    text: str


def files_of(
    export: SubjectExport, library: Library, kinds: Iterable[Kind] = KINDS, pictures: Sequence[Picture] = ()
) -> tuple[ExportFile, ...]:
    """Make the files of these kinds; the pictures go into the HTML page. The same data give the same files."""
    findings = findings_of(export, library)
    return tuple(_file(kind, findings, pictures) for kind in kinds)


def _file(kind: Kind, findings: Findings, pictures: Sequence[Picture]) -> ExportFile:
    ending, content_type, what = _TYPES[kind]
    export = findings.export
    stem = f"{file_stem(export.subject)}-{findings.day.isoformat()}"
    return ExportFile(f"{stem}.{ending}", f"{export.subject}: {what}", content_type, _text(kind, findings, pictures))


def _text(kind: Kind, findings: Findings, pictures: Sequence[Picture]) -> str:
    if kind == "json":
        return as_json(findings.export)
    if kind == "csv":
        return csv_table(findings)
    return markdown_page(findings) if kind == "markdown" else html_page(findings, pictures)


def file_stem(subject: str) -> str:
    """The subject in letters a-z, digits and dashes; where other letters were lost, six hex digits tell names apart."""
    plain = unicodedata.normalize("NFKD", subject.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST].strip("-")
    if stem and not any(sign.isalnum() and not sign.isascii() for sign in letters) and len(letters) <= _LONGEST:
        return stem
    return f"{stem or 'subject'}-{hashlib.sha256(subject.encode('utf-8', 'replace')).hexdigest()[:6]}"
