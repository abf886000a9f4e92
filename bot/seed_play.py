"""Plays a team's story on the stage: people click, fill in forms and type, and the bot does what it always does."""

import datetime as dt
from collections.abc import Mapping

from bot.naming import CHOICE_LABELS
from bot.sandbox.element_values import Entered
from bot.sandbox.person import Person
from bot.seed_stage import SeedStage, Unplayable
from bot.seed_story import (
    Anything,
    Done,
    Ground,
    Invited,
    Later,
    Planned,
    Remark,
    Reopened,
    Round,
    Spoken,
    Story,
    Told,
    Typed,
    changed,
)
from dialogs.answers import Choice
from dialogs.sections import section_of
from dialogs.state import State

BETWEEN_SECONDS = 23.0  # from one deed to the next, on the workspace's clock


class Team:
    """One team on the stage."""

    def __init__(self, stage: SeedStage, story: Story) -> None:
        self.stage = stage
        self.story = story
        self._truth: dict[str, Choice] = {}  # how things stand by now: practice to answer
        self._library = stage.house.bot.script.library

    async def play(self, deed: Anything) -> None:
        """Let it happen, and wait until everything that follows is there."""
        by = self._person(deed.by)
        match deed:
            case Round():
                await self._round(deed, by)
            case Done() | Planned() | Later():
                await self._beside_step(deed, by)
            case Told():
                await by.says(f"@maturity {deed.words}", self.story.channel)
                await self.stage.settled()
                await self._press(by, "update-facts", opens=True)
                await self._submit(by, **deed.facts)
            case Reopened():
                await self._reopen(deed, by)
            case Typed():
                await self._command(by, deed.line)
                if deed.share:
                    await self._press(by, "share")
            case Spoken():
                await by.says(deed.words, self.story.channel)
            case Invited():
                await by.invites(self.story.channel)
        await self.stage.settled()

    async def _beside_step(self, deed: Done | Planned | Later, by: Person) -> None:
        """Ask for the next steps, press a button beside one of them, and fill in what it opens."""
        action = {"done": "step-done", "plan": "step-plan", "later": "step-later"}[deed.does]
        await self._command(by, f"next {self.story.channel}")
        await self._press(by, f"{action}:{deed.practice}", opens=not isinstance(deed, Later))
        if isinstance(deed, Done):
            self._truth[deed.practice] = deed.choice
            await self._submit(by, choice=CHOICE_LABELS[deed.choice], **self._ground(deed))
        elif isinstance(deed, Planned):
            due = self.stage.clock.at.date() + dt.timedelta(days=deed.days)
            await self._submit(by, owner=deed.owner, due=due.isoformat())

    # One assessment --------------------------------------------------------------------------------------------------

    async def _round(self, told: Round, by: Person) -> None:
        subject = told.subject or self.story.channel
        now = changed(self._library, {} if told.subject else self._truth, told)
        if not told.subject:
            self._truth = now
        if told.begins == "reminder":
            await self._press(by, "remind-start:again")
        else:
            await self._command(by, f"start {told.begins} {subject}")
        left, sections = list(told.remarks), 0
        while (state := await self.stage.state(self.story.channel, subject)).running and sections != told.sections:
            remark = next((each for each in left if _answered_here(state, each.practice)), None)
            if remark is not None:
                left.remove(remark)
                await self._remark(state, remark, now[remark.practice])
            else:
                first = {each.practice: each.first for each in left if each.first is not None}
                sections += await self._one_act(state, told, {**now, **first}, by)
        if told.remind:
            await self._press(by, "remind", within=told.remind)

    async def _one_act(self, state: State, told: Round, says: Mapping[str, Choice], by: Person) -> bool:
        """Do what is next: the facts, a question asked again, a form, quick's offer. True where it was a form."""
        if state.phase == "facts":
            await self._facts(state, told, by)
        elif state.phase == "offer":
            await self._press(by, "go-on")
        elif state.question is not None and state.recheck:
            await self._again(state, state.question.id, says)
        elif state.question is not None:
            who = self._teller(state.question.id)
            await self._press(who, "form", opens=True)
            await self._submit(who, **{each: CHOICE_LABELS[says[each]] for each in _fields(who)})
            return True
        else:
            raise Unplayable(f"{state.subject} stands still in phase {state.phase}")
        return False

    async def _facts(self, state: State, told: Round, by: Person) -> None:
        """Fill in the form's one or two steps; in a short reassessment last time's facts hold unless some are named."""
        if not told.facts and state.since is not None:
            await self._press(by, "facts-still-true")
            return
        await self._press(by, "facts-form", opens=True)
        while by.modal is not None:
            asked = [key for key in _fields(by) if key in told.facts]
            await self._submit(by, **{key: _entered(told.facts[key]) for key in asked})

    async def _again(self, state: State, practice: str, says: Mapping[str, Choice]) -> None:
        """Answer a question that is asked again: all that are left at once where nothing has changed any more."""
        who, now = self._teller(practice), says[practice]
        same = [state.answers[each].choice == says[each] for each in state.recheck]
        if all(same) and len(same) > 1:
            await self._press(who, "all-still-true")
        elif state.answers[practice].choice == now:
            await self._press(who, "still-true")
        else:
            await self._press(who, f"choose:{now}")

    async def _remark(self, state: State, remark: Remark, choice: Choice) -> None:
        """Add to an answer, or correct it, by Edit; what is only evidence is typed."""
        by, ground = self._person(remark.by), self._ground(remark)
        given = state.answers[remark.practice]
        if not remark.note and given.choice == choice:
            words = f"@maturity evidence {state.numbers[remark.practice]} {' '.join(remark.evidence)}"
            ran = f" ran {ground['last_run']}" if ground["last_run"] else ""
            await by.says(words + ran, self.story.channel, state.thread)
            await self.stage.settled()
            return
        await self._press(by, f"edit:{remark.practice}", opens=True)
        await self._submit(by, choice=CHOICE_LABELS[choice], **ground)

    async def _reopen(self, deed: Reopened, by: Person) -> None:
        self._truth[deed.change.practice] = deed.choice
        await self._press(by, "reopen")
        state = await self.stage.state(self.story.channel, self.story.channel)
        await self._remark(state, deed.change, deed.choice)
        await self._press(by, "finish")

    # Hands -----------------------------------------------------------------------------------------------------------

    def _person(self, name: str) -> Person:
        return self.stage.workspace.person(name)

    def _teller(self, practice: str) -> Person:
        """Who answers for the practice's area."""
        return self._person(self.story.answers[section_of(self._library.practices[practice]).area])

    async def _press(self, by: Person, action: str, *, within: str = "", opens: bool = False) -> None:
        """Press the newest such button in the channel; `opens`: until its form is there."""
        await self.stage.pause(BETWEEN_SECONDS)
        message, exact = self.stage.message_with(by, self.story.channel, action, within)
        await by.chooses(exact, "", message)
        await self.stage.settled()
        if opens and by.modal is None:
            raise Unplayable(f"{action} opened no form in #{self.story.channel}")

    async def _submit(self, by: Person, **values: Entered) -> None:
        await self.stage.pause(BETWEEN_SECONDS)
        if wrong := await by.submits(**values):
            raise Unplayable(f"a form in #{self.story.channel} was refused: {wrong}")
        await self.stage.settled()

    async def _command(self, by: Person, line: str) -> None:
        await self.stage.pause(BETWEEN_SECONDS)
        await by.commands(f"/maturity {line}", self.story.channel)
        await self.stage.settled()

    def _ground(self, ground: Ground) -> dict[str, Entered]:
        """The fields of an answer's form besides the choice."""
        ran = self.stage.clock.at.date() - dt.timedelta(days=ground.ran) if ground.ran is not None else None
        return {
            "note": ground.note,
            "evidence": "\n".join(ground.evidence),
            "last_run": ran.isoformat() if ran is not None else None,
        }


def _answered_here(state: State, practice: str) -> bool:
    """Whether a practice was answered in this thread, so that its line has an Edit button."""
    opened = state.question is not None and state.question.id == practice
    return practice in state.numbers and practice in state.answers and practice not in state.recheck and not opened


def _fields(person: Person) -> list[str]:
    """The fields of the form that a person has open, by name."""
    blocks = person.modal["blocks"] if person.modal else []
    return [block["block_id"] for block in blocks if block["type"] == "input"]


def _entered(value: str | tuple[str, ...]) -> Entered:
    return value if isinstance(value, str) else list(value)
