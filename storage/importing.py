"""Writing an exported subject into a database, whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from dialogs.effects import Conclude, Learn, Record
from dialogs.events import Person
from dialogs.exported import FORMAT, VERSION, Assessment, Plan, SubjectExport, portable
from dialogs.exported_bounds import is_id, out_of_bounds
from dialogs.state import State
from dialogs.walk import dialog_id
from storage.database import Sql, moment
from storage.writing import Writing

_TOLD = 5  # mistakes of a file that are told; the rest is counted
_LONGEST_TOLD = 200  # characters of one


class ImportProblem(Exception):  # noqa: N818 - the base of situations, each named below
    """A file cannot be taken in; nothing was written. The message says what to do."""


class NotAnExport(ImportProblem):
    """The file holds something else."""


class NewerExport(ImportProblem):
    """The file was written by a newer version of the bot."""


class InvalidExport(ImportProblem):
    """The file is an export, but something in it cannot be."""


class NoSuchPlace(ImportProblem):
    """What was named as the channel or the workspace is no id, such as the name of a channel."""


class SubjectThere(ImportProblem):
    """The subject was assessed in this channel already; the two are never mixed."""


class Taken(NamedTuple):
    """What was taken in, counted; `renamed` assessments got a new id, because theirs was in use."""

    workspace: str
    channel: str
    subject: str
    assessments: int
    answers: int
    facts: int
    results: int
    plans: int
    renamed: int


def read_export(text: str) -> SubjectExport:
    """Read a file's text. NotAnExport, NewerExport or InvalidExport, with the way out."""
    try:
        raw = json.loads(text, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise NotAnExport("this is no export of a subject; make one with `maturity-bot export SUBJECT --format json`")
    version = raw.get("version")
    if isinstance(version, int) and version > VERSION:
        raise NewerExport(
            f"the export is of version {version}, this bot reads {VERSION}: install the newer bot; nothing was written"
        )
    try:
        export = SubjectExport.model_validate_json(text)
    except ValidationError as refused:
        raise InvalidExport(_told(_mistakes(refused))) from None
    if wrong := tuple(out_of_bounds(export)):
        raise InvalidExport(_told(wrong))
    return export


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Of a name that is there twice, readers keep the one or the other; so it is refused."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise InvalidExport(_told([f"{next(name for name in found if names.count(name) > 1)}: is there twice"]))
    return found


def _mistakes(refused: ValidationError) -> list[str]:
    errors = refused.errors(include_url=False, include_input=False, include_context=False)
    return [
        f"{'.'.join(map(str, error['loc'])) or 'the file'}: {error['msg'].removeprefix('Value error, ')}"
        for error in errors
    ]


def _told(mistakes: Sequence[str]) -> str:
    more = f"; and {len(mistakes) - _TOLD} more" if len(mistakes) > _TOLD else ""
    return (
        f"{'; '.join(map(_in_a_line, mistakes[:_TOLD]))}{more}. Export it anew, or mend the file; nothing was written"
    )


def _in_a_line(mistake: str) -> str:
    """A mistake as it can be shown: names that the file made up may be long, and hold what steers a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in mistake[:_LONGEST_TOLD])


def moved(export: SubjectExport, workspace: str | None = None, channel: str | None = None) -> SubjectExport:
    """Give the same subject in another workspace or channel; NoSuchPlace for what is the id of none."""
    named = next((place for place in (workspace, channel) if place is not None and not is_id(place)), None)
    if named is not None:
        raise NoSuchPlace(f"{named!r} is no id; Slack shows ids in the address of a channel; nothing was written")
    place = {"workspace": workspace or export.workspace, "channel": channel or export.channel}
    assessments = tuple(
        each.model_copy(update={"state": each.state.model_copy(update=place)}) for each in export.assessments
    )
    return export.model_copy(update={**place, "assessments": assessments})


def take_in(sql: Sql, export: SubjectExport) -> Taken:
    """Write it all, within the present transaction. SubjectThere with nothing written."""
    where = {"workspace": export.workspace, "channel": export.channel, "key": export.subject_key}
    _must_be_new(sql, export, where)
    sql("DELETE FROM plans WHERE workspace = :workspace AND channel = :channel AND subject_key = :key", **where)
    renamed = sum(_restore(sql, export, each) for each in export.assessments)
    for plan in export.plans:
        _plan(sql, where, plan)
    parts = export.assessments
    return Taken(
        export.workspace,
        export.channel,
        export.subject,
        assessments=len(parts),
        answers=sum(len(each.answers) for each in parts),
        facts=sum(len(each.facts) for each in parts),
        results=sum(len(each.results) for each in parts),
        plans=len(export.plans),
        renamed=renamed,
    )


def _must_be_new(sql: Sql, export: SubjectExport, where: Mapping[str, str]) -> None:
    if sql(
        "SELECT 1 FROM dialogs WHERE workspace = :workspace AND channel = :channel AND subject_key = :key LIMIT 1",
        **where,
    ):
        raise SubjectThere(
            f"{export.subject!r} was assessed in the channel {export.channel} already: name another place with"
            " --channel or --workspace, or delete that subject first with `/maturity delete`; nothing was written"
        )


class _Restoring(Writing):
    """Writes rows at the place within their turn that they had."""

    def at(self, place: int) -> None:
        """Let the next row stand at this place."""
        self._rows = place - 1


def _restore(sql: Sql, export: SubjectExport, assessment: Assessment) -> bool:
    """Write one assessment with all that hangs on it; whether it got a new id."""
    writing = _Restoring(sql)
    state = portable(assessment.state, concluded=bool(assessment.results))
    clash = bool(sql("SELECT 1 FROM dialogs WHERE id = :id", id=state.id))
    if clash:
        state = state.model_copy(update={"id": dialog_id(export.workspace, f"{export.channel}:{state.id}")})
    writing.begin(state)
    for row in assessment.answers:
        who = Person(row.person, row.name)
        writing.at(row.place)
        answer = Record(row.practice, row.choice, row.note, who, row.at, row.evidence, row.last_run)
        writing.record(_as_of(state, row.turn, row.content_version), answer)
    for fact in assessment.facts:
        writing.at(fact.place)
        learned = Learn(fact.fact, fact.value, Person(fact.person, fact.name), fact.at)
        writing.learn(_as_of(state, fact.turn, fact.content_version), learned)
    for each in assessment.results:
        concluded = Conclude(each.result.model_dump(mode="json"), each.at)
        writing.conclude(_as_of(state, each.turn, each.result.content_version), concluded)
    finished = moment(assessment.finished) if assessment.finished is not None else None
    sql("UPDATE dialogs SET finished_at = :at WHERE id = :id", at=finished, id=state.id)
    return clash


def _as_of(state: State, turn: int, version: str) -> State:
    """The assessment as what is written of a turn needs it."""
    return state.model_copy(update={"turn": turn, "content_version": version})


def _plan(sql: Sql, where: Mapping[str, str], plan: Plan) -> None:
    sql(
        "INSERT INTO plans (workspace, channel, subject_key, practice, owner, owner_name, due, later, set_by, set_at)"
        " VALUES (:workspace, :channel, :key, :practice, :owner, :owner_name, :due, :later, :set_by, :set_at)",
        **where,
        practice=plan.practice,
        owner=plan.owner,
        owner_name=plan.owner_name,
        due=plan.due.isoformat() if plan.due is not None else None,
        later=int(plan.later),
        set_by=plan.set_by,
        set_at=moment(plan.set_at),
    )
