"""Every message and modal the bot can show, as plain data; how each looks is decided by `bot/speak.py`.

A screen says which thing is shown and with what; sentences and buttons are not its business. Practices and facts are
named by id and looked up in the library when drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.answer_screens import Need, NeedForm, NeedResult, Refused, TeamPage, TopicPage, WhichSubject
from dialogs.answers import Choice, FactValue
from dialogs.change_screens import ChangeScreen
from dialogs.home_screens import HomeScreen, HomeView
from dialogs.judgement import Judgement
from dialogs.portfolio_screens import PortfolioScreen
from dialogs.privacy_screens import (
    DeleteMe,
    DeleteSubject,
    Erased,
    Exported,
    MayNotDelete,
    NothingAboutYou,
    SecretSeen,
    WhichToDelete,
)
from dialogs.reminder import Reminder
from dialogs.reminder_screens import (
    FactsUpdated,
    FactTold,
    Nudge,
    Recheck,
    RecheckDone,
    ReminderDeclined,
    ReminderFolded,
    ReminderLonely,
    ReminderOff,
    ReminderOffer,
    ReminderProposed,
    ReminderSet,
    ReminderSpent,
    RemindersShown,
    ReminderStuck,
    Rested,
    RestSummary,
    TeamTime,
    TimeToLook,
    UpdateForm,
    WhichReminder,
)
from dialogs.result_screens import ResultScreen, StepDoneForm, StepPlanForm
from dialogs.roadmap import NextStep
from dialogs.state import Given, Mode, State

# --- messages of an assessment -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parent:
    """The parent message in the channel; redrawn when the phase changes. `judgement` only when finished."""

    state: State
    about: int  # questions, roughly
    minutes: int
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class FactsInvitation:
    """First message in the thread: the facts come first, as a form, one at a time, or not at all."""

    dialog: str
    prefilled: bool
    kept: Mapping[str, FactValue] = field(
        default_factory=dict
    )  # last time's facts, which hold: one click confirms them


@dataclass(frozen=True, slots=True)
class FactsLine:
    """The submitted facts in one line, with Edit; none where they were skipped.

    `waiting` counts facts of the second step that a need for level 4 makes worth asking and nobody has given yet.
    """

    dialog: str
    facts: Mapping[str, FactValue]
    name: str
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """One fact asked in words; `so_far` from last time."""

    dialog: str
    fact: str
    number: int
    turn: int
    so_far: FactValue | None = None


@dataclass(frozen=True, slots=True)
class FactFolded:
    """A fact answered in words, in one line; no value: skipped."""

    fact: str
    value: FactValue | None
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """The open question. `so_far` is the present answer where it is asked again."""

    dialog: str
    practice: str
    number: int
    about: int
    done: float  # share of the questions done, 0 to 1, for the bar
    turn: int
    so_far: Given | None = None
    rechecks: int = 0  # how many answers are still to be confirmed, this one included; 0 outside a reassessment


@dataclass(frozen=True, slots=True)
class FoldedLine:
    """One practice of a folded message. Without an answer `why_open` tells: skipped, asked again below, or later."""

    practice: str
    number: int
    given: Given | None
    why_open: Literal["skipped", "again", "later"] = "skipped"


@dataclass(frozen=True, slots=True)
class Folded:
    """An answered (or left) question as one numbered line with Edit."""

    dialog: str
    line: FoldedLine


@dataclass(frozen=True, slots=True)
class FoldedForm:
    """Answers given by the form, a line each with Edit. `section` as in `choosing.Section.key`."""

    dialog: str
    section: str
    lines: tuple[FoldedLine, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Short confirmation in the thread of a typed answer that was read as more than its word ("yes but only ...")."""

    dialog: str
    practice: str
    number: int
    given: Given


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer was changed: what it was, what it is now."""

    practice: str
    number: int
    was: Given
    now: Given


@dataclass(frozen=True, slots=True)
class NoteKept:
    """A remark made with a mention was kept as a note of this practice."""

    practice: str
    number: int
    note: str


@dataclass(frozen=True, slots=True)
class EvidenceKept:
    """Links, or the day when it last ran, were kept with an answer."""

    practice: str
    number: int
    given: Given


@dataclass(frozen=True, slots=True)
class Crowd:
    """Said once: several people write, so bare words no longer count; buttons and mentions do."""


@dataclass(frozen=True, slots=True)
class OverallSettled:
    """Quick's offer, once: overall is settled; show the result, or go on. `about` questions more settle the rest.

    `up_to` is given where skipped or unknown answers leave the overall level open after all.
    """

    dialog: str
    overall: int
    about: int
    turn: int
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class OfferFolded:
    """The offer after somebody chose."""

    overall: int
    went_on: bool
    name: str


@dataclass(frozen=True, slots=True)
class Paused:
    """The assessment rests; Resume goes on. `number` is the question it stopped at, None before the first."""

    dialog: str
    number: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """Going on, by whom: replaces the pause message."""

    name: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A finished assessment takes answers again. `about` questions are left; with none, Edit and Finish remain."""

    dialog: str
    about: int
    name: str


@dataclass(frozen=True, slots=True)
class Discarded:
    """The assessment was thrown away, by whom; nothing of it counts. `Undo` brings it back."""

    dialog: str
    name: str
    replaced: bool  # by a new one ("start over")


@dataclass(frozen=True, slots=True)
class Report:
    """The final report: levels, target, gaps, provisional or not, blockers, risks, next steps; all can be asked why."""

    dialog: str
    state: State
    judgement: Judgement
    steps: tuple[NextStep, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The result in two or three lines, shown in the channel."""

    state: State
    judgement: Judgement


# --- answers to commands and private notices -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Help:
    """Short help with buttons. `in_thread` lists what can be typed during an assessment."""

    in_thread: bool = False


@dataclass(frozen=True, slots=True)
class LevelPage:
    """A level explained: highlights, technology, when to propose it, what comes next."""

    model: Literal["microsoft", "google"]
    number: int


@dataclass(frozen=True, slots=True)
class Status:
    """Where the running assessments of a channel stand (`progress`: dialog to (answered, about)), and last results.

    `asked` is the subject asked for, None for all; `judgements` by dialog for the finished ones; `reminders` by
    subject key.
    """

    channel_name: str
    asked: str | None
    running: tuple[State, ...]
    finished: tuple[State, ...]
    progress: Mapping[str, tuple[int, int]]
    judgements: Mapping[str, Judgement]
    reminders: Mapping[str, Reminder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlreadyRunning:
    """`start` on a subject that is being assessed: a link, Continue, Start over."""

    state: State
    answered: int


@dataclass(frozen=True, slots=True)
class Started:
    """Private confirmation of `start`: the assessment is beginning below."""

    subject: str
    mode: Mode
    again: bool = False


@dataclass(frozen=True, slots=True)
class NearSubject:
    """`start` on a subject whose name is nearly that of a known one: asks which is meant."""

    asked: str
    known: str
    mode: Literal["quick", "full", "again"]


@dataclass(frozen=True, slots=True)
class NotMember:
    """The bot is not in the channel: how to invite it; public channels get "Add me" (`argument` starts afterwards)."""

    channel_name: str
    can_join: bool
    argument: str


@dataclass(frozen=True, slots=True)
class Crowded:
    """`start` in a channel with very many people: asks first (`argument` starts it)."""

    channel_name: str
    people: int
    argument: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """No command, but near one: `suggestion`, offered as a button."""

    text: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A command or typed word that cannot be done as given; `kind` picks the sentence, `details` fill it."""

    kind: Literal[
        "unknown-level",
        "subject-too-long",
        "subject-missing",
        "unknown-question-number",
        "nothing-to-go-back-to",
        "na-not-allowed",
        "too-early",
        "not-paused",
        "not-a-number",
        "unknown-option",
        "nothing-open",
        "note-too-long",
        "paused",
        "not-finished",
        "start-elsewhere",
        "share-not-member",
        "question-missing",
        "no-last-answer",
        "nothing-to-ask-again",
        "remind-not-understood",
        "remind-past",
        "remind-too-far",
        "remind-too-rare",
        "remind-zero",
        "remind-days",
        "remind-times",
        "remind-two-ways",
        "remind-no-such-day",
        "remind-unknown-subject",
        "remind-other",
        "settings-not-understood",
        "unknown-zone",
        "unknown-country",
        "nothing-to-delete",
        "delete-unknown-subject",
        "nothing-assessed",
        "nothing-assessed-here",
        "unknown-subject",
        "not-finished-yet",
        "no-thread",
        "history-unknown-result",
        "history-one-result",
        "evidence-without-answer",
        "evidence-not-yet",
    ]
    details: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class AlreadyAnswered:
    """A click on a question that somebody has answered: keep it, or change it to what was clicked."""

    dialog: str
    practice: str
    given: Given
    wanted: Choice


@dataclass(frozen=True, slots=True)
class SameAnswer:
    """The same answer again: it is recorded already, by whom."""

    practice: str
    given: Given


@dataclass(frozen=True, slots=True)
class Outdated:
    """A click on something that is over: the assessment was discarded, or the button is of an older turn."""

    state: State | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The assessment is finished: how to reopen it."""

    state: State


@dataclass(frozen=True, slots=True)
class Confirm:
    """Somebody other than the starter wants to pause, finish or discard, or the starter to discard; asks again."""

    dialog: str
    action: Literal["pause", "finish", "discard"]
    starter_name: str
    by_starter: bool
    answered: int


@dataclass(frozen=True, slots=True)
class StopChoice:
    """Asks what "stop" meant: pause, finish with what is known, or discard."""

    dialog: str
    answered: int


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody may not take part: from another workspace, a guest, or not in the channel."""

    why: Literal["stranger", "guest", "not-member"] = "stranger"


@dataclass(frozen=True, slots=True)
class AdminsOnly:
    """What was asked for is for workspace admins."""


@dataclass(frozen=True, slots=True)
class Back:
    """The bot can write in the channel again, or the channel is no longer shared: offers to go on."""

    dialog: str
    unshared: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """The channel can be read by another workspace from now on: rests, and asks before it goes on."""

    dialog: str


@dataclass(frozen=True, slots=True)
class Orphaned:
    """Who started it was deactivated: anybody here may take over."""

    dialog: str
    name: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Somebody took over an assessment."""

    name: str


@dataclass(frozen=True, slots=True)
class WhyPractice:
    """Why we ask: what counts as yes and partly, evidence, source. Shown in the thread or privately."""

    practice: str


@dataclass(frozen=True, slots=True)
class WhyFact:
    """Why a fact is asked."""

    fact: str


@dataclass(frozen=True, slots=True)
class WhyNumber:
    """Why a number of the report is what it is.

    `topic`: "overall", a dimension's key, "google", "target", "provisional", or "risks".
    """

    topic: str
    state: State
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Stuck:
    """Direct message to the starter: Slack refuses the assessment's messages in its channel, and what to do."""

    state: State
    error: str


@dataclass(frozen=True, slots=True)
class Done:
    """A private button did its work; takes its message's place. `what`: kept, going-on, shared, joined."""

    what: Literal[
        "kept",
        "changed",
        "going-on",
        "shared",
        "joining",
        "paused",
        "finished",
        "discarded",
        "stays",
        "left",
        "rated",
        "rated-not",
        "rated-old",
        "withdrawn",
        "deleted-me",
        "deleted-subject",
        "deleted-before",
        "pictures",
    ]


Screen = (
    Parent
    | FactsInvitation
    | FactsLine
    | FactQuestion
    | FactFolded
    | Question
    | Folded
    | FoldedForm
    | Noted
    | Changed
    | NoteKept
    | EvidenceKept
    | Crowd
    | OverallSettled
    | OfferFolded
    | Paused
    | Resumed
    | Reopened
    | Discarded
    | Report
    | Summary
    | Help
    | LevelPage
    | Status
    | AlreadyRunning
    | Started
    | NearSubject
    | NotMember
    | Crowded
    | NotUnderstood
    | TopicPage
    | Need
    | TeamPage
    | WhichSubject
    | Refused
    | Problem
    | AlreadyAnswered
    | SameAnswer
    | Outdated
    | Ended
    | Confirm
    | StopChoice
    | Outsider
    | AdminsOnly
    | Back
    | Shared
    | Orphaned
    | TakenOver
    | WhyPractice
    | WhyFact
    | WhyNumber
    | Stuck
    | Done
    | ReminderSet
    | ReminderProposed
    | RemindersShown
    | ReminderOff
    | WhichReminder
    | ReminderOffer
    | ReminderDeclined
    | TeamTime
    | TimeToLook
    | DeleteMe
    | NothingAboutYou
    | DeleteSubject
    | MayNotDelete
    | WhichToDelete
    | Erased
    | Exported
    | SecretSeen
    | ReminderFolded
    | ReminderSpent
    | ReminderStuck
    | ReminderLonely
    | Nudge
    | Rested
    | RestSummary
    | Recheck
    | RecheckDone
    | FactTold
    | FactsUpdated
    | ChangeScreen
    | PortfolioScreen
    | HomeScreen
    | ResultScreen
)

# --- modals --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactsForm:
    """Form "facts": the facts of one step, prefilled. All fields optional; field names are fact keys."""

    dialog: str
    step: Literal[1, 2]
    values: Mapping[str, FactValue]
    turn: int


@dataclass(frozen=True, slots=True)
class AnswersForm:
    """Form "answers": all open practices of a section; every field optional; field names are practice ids."""

    dialog: str
    section: str
    practices: tuple[str, ...]
    turn: int


@dataclass(frozen=True, slots=True)
class EditForm:
    """Form "edit": one practice (`argument` is its id), its present answer and note; fields `choice` and `note`."""

    dialog: str
    practice: str
    number: int
    given: Given | None
    turn: int


@dataclass(frozen=True, slots=True)
class WhyView:
    """Why we ask, as a modal with nothing to send."""

    practice: str


FormView = (
    FactsForm | AnswersForm | EditForm | WhyView | NeedForm | NeedResult | UpdateForm | StepDoneForm | StepPlanForm
)
View = FormView | HomeView

# Buttons: `choose` becomes events.Chosen; all others events.Pressed with these actions.
Action = Literal[
    "choose",  # argument PRACTICE=CHOICE
    "facts-form",  # opens FactsForm (argument: step 1 or 2)
    "facts-words",  # one at a time
    "facts-skip",  # go on without
    "fact",  # argument KEY=VALUE, a fact asked in words
    "fact-skip",
    "form",  # answer as a form
    "why",  # argument PRACTICE: opens WhyView
    "back",
    "skip",
    "pause",
    "resume",
    "finish",
    "discard",
    "edit",  # argument PRACTICE: opens EditForm
    "keep",
    "change",  # argument PRACTICE=CHOICE
    "confirm",  # argument pause, finish, discard
    "stay",  # a confirmation declined
    "show-result",
    "go-on",
    "why-number",  # argument: WhyNumber.topic
    "reopen",
    "undo-discard",
    "continue",  # resume or show again, from AlreadyRunning
    "start-over",  # from AlreadyRunning (argument: quick or full)
    "run",  # argument: a command text to run as if typed (help's and near misses' buttons)
    "start-new",  # argument MODE SUBJECT: start although a similar subject exists
    "join",  # argument: the start command to run after joining
    "share",  # argument: the command text whose answer is posted in the channel
    "helpful",  # argument: TOPIC ENTRY of the answer
    "unhelpful",  # likewise
    "need",  # argument: a level; opens NeedForm
    "still-true",  # argument PRACTICE: last time's answer holds
    "all-still-true",  # all that is left to confirm holds
    "facts-still-true",
    "remind",  # at the end of an assessment; argument: a schedule, "off", or "other"
    "remind-set",  # argument: the rest of a remind command, as it was said back
    "remind-start",  # of a reminder; argument: again or full
    "remind-snooze",  # argument: week or month
    "remind-stop",
    "update-facts",  # argument FACT=VALUE, as told; opens UpdateForm
    "leave-facts",
    "withdraw",  # argument TS PRACTICE,PRACTICE: answers whose message was deleted
    "meant",  # argument PRACTICE=CHOICE NOTE: an answer that was written in the channel
    "delete-me",
    "delete-subject",  # argument: the subject
    "leave-delete",
    "step-done",  # beside a next step; argument PRACTICE: opens StepDoneForm
    "step-later",  # likewise: not now
    "step-plan",  # likewise: opens StepPlanForm
    "steps-back",  # all that were put off come back
    "pictures",  # of a report: into the thread
    "take-over",  # an assessment whose starter is gone
    "home",  # argument: a wish; draws the Home anew
    "home-channel",  # likewise, with the channel that was chosen
    "home-settings",  # argument WISH CHANNEL: opens SettingsForm
    "home-report",  # argument WISH CHANNEL SUBJECT_KEY: opens ResultView
    "start-form",  # argument: a wish, or nothing; opens StartForm
]
