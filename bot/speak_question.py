"""The questions and answers of an assessment, and the facts."""

from bot.blocks import Button, Message, actions, button, context, message, overflow, section
from bot.mrkdwn import Mrkdwn, join, link
from bot.naming import (
    CHOICE_LABELS,
    CHOICE_NAMES,
    area_title,
    bar,
    fact_value,
    facts_in_a_line,
    full_day,
    section_title,
    short_address,
)
from bot.words import Words
from dialogs import screens as s
from dialogs.answers import Choice
from dialogs.evidence import without_links
from dialogs.state import Given

BOT_NAME = "maturity"


def question(screen: s.Question, words: Words) -> Message:
    """The open question with its buttons."""
    practice = words.library.practices[screen.practice]
    choices: tuple[Choice, ...] = ("yes", "partly", "no", "unknown", *(("na",) if practice.na_when else ()))
    buttons = [
        Button(CHOICE_LABELS[c], "choose", screen.dialog, screen.turn, f"{screen.practice}={c}", c) for c in choices
    ]
    head = words(
        "question.head",
        section=section_title(words.library, screen.practice),
        number=screen.number,
        about=screen.about,
        bar=bar(screen.done),
    )
    ask = words("question.ask", question=practice.question, yes=practice.yes)
    so_far = _so_far(screen.so_far, words, again=bool(screen.rechecks)) if screen.so_far else None
    form = Button("Answer as a form", "form", screen.dialog, screen.turn, unique="form")
    return message(
        section(join((head, ask))),
        context(so_far) if so_far else None,
        actions(*_still_true(screen), *buttons, None if screen.rechecks else form, _question_menu(screen)),
    )


def _still_true(screen: s.Question) -> list[Button]:
    """In a reassessment: the answer of last time with one click, and all that are left with another."""
    if not screen.rechecks or screen.so_far is None:
        return []
    label = f"Still true: {CHOICE_NAMES[screen.so_far.choice]}"
    one = Button(label, "still-true", screen.dialog, screen.turn, screen.practice, style="primary")
    every = Button(f"All {screen.rechecks} still true", "all-still-true", screen.dialog, screen.turn)
    return [one, every] if screen.rechecks > 1 else [one]


def _question_menu(screen: s.Question) -> dict[str, object]:
    entries = (
        Button("Why we ask", "why", screen.dialog, screen.turn, screen.practice),
        Button("Back", "back", screen.dialog, screen.turn),
        Button("Skip", "skip", screen.dialog, screen.turn, screen.practice),
        Button("Pause", "pause", screen.dialog, screen.turn),
        Button("Finish early", "finish", screen.dialog, screen.turn),
    )
    return overflow("question", entries)


def _so_far(given: Given, words: Words, *, again: bool) -> Mrkdwn:
    told = {"choice": CHOICE_NAMES[given.choice], "name": given.name, "note": given.note or ""}
    return words("again.last_time", **told, date=full_day(given.at)) if again else words("question.so_far", **told)


def folded_line(line: s.FoldedLine, words: Words) -> Mrkdwn:
    """One folded line of text."""
    title = words.library.practices[line.practice].title
    if line.given is None:
        return words(f"question.folded_{line.why_open}", number=line.number, title=title)
    text = words(
        "question.folded",
        number=line.number,
        title=title,
        choice=CHOICE_NAMES[line.given.choice],
        name=line.given.name,
        note=without_links(line.given.note or ""),
    )
    return join((text, grounds_text(line.given, words)), " · ")


def grounds_text(given: Given, words: Words) -> Mrkdwn:
    """What an answer rests on: its links and when the thing last ran; empty where nothing was given."""
    links = join((link(url, short_address(url)) for url in given.evidence), ", ")
    parts = [words("question.evidence", links=links)] if given.evidence else []
    parts += [words("question.last_run", date=full_day(given.last_run))] if given.last_run is not None else []
    return join(parts, " · ")


def evidence_kept(screen: s.EvidenceKept, words: Words) -> Message:
    """Evidence was kept with an answer."""
    title = words.library.practices[screen.practice].title
    grounds = grounds_text(screen.given, words)
    return message(context(words("question.evidence_kept", number=screen.number, title=title, grounds=grounds)))


def _with_edit(dialog: str, line: s.FoldedLine, words: Words) -> dict[str, object]:
    text = folded_line(line, words)
    if line.given is None and line.why_open != "skipped":
        return section(text)
    label = "Edit" if line.given else "Answer"
    spoken = f"{label} question {line.number}"
    return section(
        text, button(Button(label, "edit", dialog, argument=line.practice, unique=line.practice, spoken=spoken))
    )


def folded(screen: s.Folded, words: Words) -> Message:
    """An answered question as one line with Edit."""
    return message(_with_edit(screen.dialog, screen.line, words))


def folded_form(screen: s.FoldedForm, words: Words) -> Message:
    """The answers of a form, a line each."""
    area = area_title(words.library, _area(screen.section))
    head = words("question.form_head", section=area, answers=len(screen.lines), name=screen.name)
    return message(section(head), *(_with_edit(screen.dialog, line, words) for line in screen.lines))


def _area(section_key: str) -> str:
    """The area in a section's key: "model-creation-2" is about model creation."""
    area, _, level = section_key.rpartition("-")
    return area if level.isdigit() else section_key


def noted(screen: s.Noted, words: Words) -> Message:
    """Confirms how a typed sentence was read."""
    given = screen.given
    text = words("question.noted", choice=CHOICE_NAMES[given.choice], note=given.note or "", number=screen.number)
    return message(context(text))


def changed(screen: s.Changed, words: Words) -> Message:
    """Tells everybody what was changed."""
    text = words(
        "question.changed",
        number=screen.number,
        title=words.library.practices[screen.practice].title,
        was=CHOICE_NAMES[screen.was.choice],
        now=CHOICE_NAMES[screen.now.choice],
        name=screen.now.name,
        note=screen.now.note or "",
    )
    return message(context(text))


def note_kept(screen: s.NoteKept, words: Words) -> Message:
    """A remark was kept with the open question."""
    title = words.library.practices[screen.practice].title
    return message(context(words("question.note_kept", number=screen.number, title=title, note=screen.note)))


def crowd(_: s.Crowd, words: Words) -> Message:
    """Bare words no longer count."""
    return message(context(words("question.crowd", bot=BOT_NAME)))


def overall_settled(screen: s.OverallSettled, words: Words) -> Message:
    """Quick's offer."""
    name = "question.offer" if screen.up_to is None else "question.offer_open"
    text = words(name, overall=screen.overall, about=screen.about, up_to=screen.up_to or screen.overall)
    return message(
        section(text),
        actions(
            Button("Show the result", "show-result", screen.dialog, screen.turn, style="primary"),
            Button(f"Go on (about {screen.about} more)", "go-on", screen.dialog, screen.turn),
        ),
    )


def offer_folded(screen: s.OfferFolded, words: Words) -> Message:
    """The offer once somebody chose."""
    text = words("question.offer_folded", overall=screen.overall, name=screen.name, went_on=screen.went_on)
    return message(context(text))


# --- facts ---------------------------------------------------------------------------------------------------------


def facts_invitation(screen: s.FactsInvitation, words: Words) -> Message:
    """The facts come first; in a reassessment later, to be confirmed."""
    if screen.kept:
        facts = facts_in_a_line(words.library, screen.kept)
        return message(
            section(words("again.facts_kept", facts=facts)),
            actions(
                Button("Still true", "facts-still-true", screen.dialog, style="primary"),
                Button("Change the facts", "facts-form", screen.dialog, argument="1"),
                Button("One at a time", "facts-words", screen.dialog),
            ),
        )
    return message(
        section(words("facts.invitation", prefilled=screen.prefilled)),
        actions(
            Button("Fill in the facts", "facts-form", screen.dialog, argument="1", style="primary"),
            Button("One at a time", "facts-words", screen.dialog),
            Button("Skip the facts", "facts-skip", screen.dialog),
        ),
    )


def facts_line(screen: s.FactsLine, words: Words) -> Message:
    """The facts in one line."""
    facts = facts_in_a_line(words.library, screen.facts)
    text = words("facts.line", facts=facts, name=screen.name) if screen.facts else words("facts.line_empty")
    edit = button(Button("Edit facts", "facts-form", screen.dialog, argument="1", unique="1"))
    if not screen.waiting:
        return message(section(text, edit))
    label = f"Answer {screen.waiting} more"
    more = button(Button(label, "facts-form", screen.dialog, argument="2", unique="2"))
    return message(section(text, edit), section(words("facts.waiting", waiting=screen.waiting), more))


def fact_question(screen: s.FactQuestion, words: Words) -> Message:
    """One fact asked in words, with buttons where it has choices."""
    fact = words.library.facts[screen.fact]
    how = words(f"facts.how_{fact.kind}") if fact.kind in ("count", "tools") else ""
    options = [(option.label, option.value) for option in fact.options]
    if fact.kind == "yes-no":
        options = [("Yes", "true"), ("No", "false")]
    entries = [
        Button(label, "fact", screen.dialog, screen.turn, f"{fact.key}={value}", value) for label, value in options
    ]
    skip = Button("Leave open", "fact-skip", screen.dialog, screen.turn, f"{fact.key}=")
    text = words("facts.question", number=screen.number, question=fact.question, how=how)
    so_far = None
    if screen.so_far is not None:
        so_far = context(words("facts.so_far", value=fact_value(words.library, fact, screen.so_far)))
    return message(section(text), so_far, actions(*entries, skip))


def fact_folded(screen: s.FactFolded, words: Words) -> Message:
    """A fact asked in words, in one line."""
    fact = words.library.facts[screen.fact]
    if screen.value is None:
        return message(context(words("facts.folded_skipped", title=fact.title)))
    value = fact_value(words.library, fact, screen.value)
    return message(context(words("facts.folded", title=fact.title, value=value, name=screen.name)))
