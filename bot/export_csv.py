"""The answers as a table for spreadsheets: RFC 4180, every cell quoted, none of them ever worked out as a formula.

A byte order mark stands in front: without it Excel reads the file in the machine's old code page and spoils every
name with an accent; LibreOffice and Google Sheets take it away, in Python the encoding is "utf-8-sig". All cells are
quoted, so that a semicolon in a note begins no cell where a country's spreadsheets split at semicolons.
"""

import csv
import datetime as dt
import io

from bot.export_findings import Findings
from bot.export_sheet import Told
from bot.export_text import cell
from bot.naming import answer_name

MARK = "\ufeff"
COLUMNS = (
    "practice id",
    "title",
    "dimension",
    "level",
    "gate",
    "answer",
    "note",
    "evidence",
    "last run",
    "author",
    "date",
    "content version",
)


def csv_table(findings: Findings) -> str:
    """One row for each practice, those nobody was asked about included; then for answers to others."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for told in findings.sheet:
        writer.writerow([cell(value) for value in _row(told)])
    return MARK + text.getvalue()


def _row(told: Told) -> tuple[object, ...]:
    given = told.given
    about = (
        told.id,
        told.title,
        told.area,
        told.level,
        "must be in place" if told.gate else "",
        answer_name(told.choice),
    )
    if given is None:
        return (*about, "", "", "", "", "", "")
    day = given.at.astimezone(dt.UTC).date().isoformat()
    evidence = " ".join(given.evidence)
    return (*about, given.note, evidence, given.last_run, given.name, day, told.version)
