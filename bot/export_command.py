"""What `maturity-bot export` and `import` do: find a subject, make its files, write them; take a file in."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.export_files import ExportFile, Kind, files_of
from bot.export_findings import findings_of
from bot.export_pictures import draw_pictures
from bot.words import count
from dialogs.exported import SubjectExport
from dialogs.state import near_subject, subject_key
from knowledge.library import Library
from storage.database import Sql
from storage.exporting import Whereabouts, read_subject, subjects
from storage.importing import NotAnExport, Taken, moved, read_export, take_in
from storage.store import open_store

_NAMED = 10  # subjects or places that an error lists


class CarryingProblem(Exception):  # noqa: N818 - the base of situations, each named below
    """Nothing can be written or taken in as asked; the message says what to do."""


class UnknownSubject(CarryingProblem):
    """No such subject was ever assessed, or not in that channel."""


class SeveralPlaces(CarryingProblem):
    """A subject of this name was assessed in several channels."""


class FileThere(CarryingProblem):
    """The file exists already."""


class CannotWrite(CarryingProblem):
    """The file or its folder cannot be written."""


class Made(NamedTuple):
    """The files of a subject, which one it is, and what to say beside them."""

    files: tuple[ExportFile, ...]
    about: Mapping[str, str | int]
    remarks: tuple[str, ...]


async def make_files(url: str, library: Library, subject: str, channel: str | None, kinds: Sequence[Kind]) -> Made:
    """Read a subject and make its files. DatabaseProblem, UnknownSubject or SeveralPlaces with the way out."""
    store = open_store(url)
    try:
        export = await store.database.read(lambda sql: _read(sql, subject, channel))
    finally:
        await store.close()
    pictures, remarks = await draw_pictures(findings_of(export, library), library) if "html" in kinds else ((), ())
    about: dict[str, str | int] = {
        "workspace": export.workspace,
        "channel": export.channel,
        "subject": export.subject,
        "assessments": len(export.assessments),
        "results": len(export.history),
    }
    return Made(files_of(export, library, kinds, pictures), about, remarks)


def _read(sql: Sql, subject: str, channel: str | None) -> SubjectExport:
    found = find(subjects(sql), subject, channel)
    return read_subject(sql, found.workspace, found.channel, found.subject_key)


def find(known: Sequence[Whereabouts], subject: str, channel: str | None = None) -> Whereabouts:
    """Find the one subject of this name, written in whatever way; `channel` is an id, or a name with or without #."""
    key = subject_key(subject)
    named = [each for each in known if each.subject_key == key]
    if not named:
        raise UnknownSubject(_unknown(known, subject))
    here = [each for each in named if channel is None or _is(each, channel)]
    if not here:
        raise UnknownSubject(f"{subject!r} was not assessed in {channel}, but in {_places(named)}")
    if len(here) > 1:
        raise SeveralPlaces(f"{subject!r} was assessed in {_places(here)}; say which with --channel and the id")
    return here[0]


def _is(place: Whereabouts, channel: str) -> bool:
    return channel == place.channel or channel.removeprefix("#").casefold() == place.channel_name.casefold()


def _places(found: Iterable[Whereabouts]) -> str:
    return ", ".join(f"#{each.channel_name} ({each.channel}, workspace {each.workspace})" for each in found)


def _unknown(known: Sequence[Whereabouts], subject: str) -> str:
    if not known:
        return "nothing was assessed in this database yet; look at DATABASE_URL, or name another with --database"
    names = {each.subject_key: each.subject for each in known}
    near = near_subject(subject_key(subject), names)
    if near is not None:
        return f"no subject {subject!r} was assessed; did you mean {names[near]!r}?"
    listed = [repr(name) for name in names.values()][:_NAMED]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"no subject {subject!r} was assessed; there are {', '.join(listed)}{more}"


def place_of(output: str | None, *, several: bool) -> Path | None:
    """Where to write: a folder, or the name of one file; None for standard output."""
    if output == "-" or (output is None and not several):
        return None
    return Path(output or ".")


def written(files: Sequence[ExportFile], place: Path, *, overwrite: bool) -> tuple[Path, ...]:
    """Write the files: one to `place` itself unless that is a folder, else into it. FileThere before any is written."""
    single = len(files) == 1 and not place.is_dir()
    paths = tuple(place if single else place / file.name for file in files)
    there = [path for path in paths if path.exists()]
    if there and not overwrite:
        raise FileThere(f"{there[0]} is there already; name another place with --output, or say --force")
    try:
        for path, file in zip(paths, files, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.text.encode())
    except OSError as error:
        raise CannotWrite(f"{place} cannot be written ({error.strerror}); name another place with --output") from None
    return paths


async def take_in_file(url: str, raw: bytes, workspace: str | None = None, channel: str | None = None) -> Taken:
    """Take in an export, in another place where one is named. ImportProblem or DatabaseProblem with nothing written."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAnExport("this is no export of a subject: it is not even text in UTF-8") from None
    export = moved(read_export(text), workspace, channel)
    store = open_store(url)
    try:
        return await store.database.transact(lambda sql: take_in(sql, export))
    finally:
        await store.close()


def as_line(taken: Taken) -> str:
    """Say what was taken in."""
    counted = (
        count(taken.assessments, "assessment"),
        count(taken.answers, "answer"),
        count(taken.facts, "fact"),
        count(taken.results, "result"),
        count(taken.plans, "plan"),
    )
    renamed = f" {count(taken.renamed, 'assessment')} got a new id, for theirs is in use here." if taken.renamed else ""
    where = f"the channel {taken.channel} of the workspace {taken.workspace}"
    return f"{taken.subject} is now in {where}: {', '.join(counted)}.{renamed}"
