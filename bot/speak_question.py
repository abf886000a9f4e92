"""The open question, the line it folds into, and short remarks about answers in the thread."""

from bot import phrases
from bot.blocks import Block, Button, Message, actions, button, context, in_words, message, overflow, section
from bot.mrkdwn import Mrkdwn, join
from bot.place import Place
from bot.words import Words
from dialogs.answers import CHOICES
from dialogs.screens import (
    Changed,
    Crowd,
    Folded,
    FoldedForm,
    FoldedLine,
    Noted,
    NoteKept,
    Question,
)


def question(screen: Question, words: Words, _: Place) -> Message:
    """Ask a practice."""
    practice = words.library.practices[screen.practice]
    head = words(
        "question.head",
        area=phrases.area(words, practice),
        number=screen.number,
        about=screen.about,
        bar=phrases.bar(screen.done),
    )
    so_far = screen.so_far
    body = words(
        "question.body",
        question=practice.question,
        yes=practice.yes,
        na_when=practice.na_when,
        so_far=so_far and {"choice": phrases.choice(words, so_far.choice), "note": so_far.note, "name": so_far.name},
    )
    blocks = (context(head), section(body), _answers(screen, words))
    choices = join((phrases.choice(words, each) for each in CHOICES if _offered(each, screen, words)), ", ")
    text = join((in_words(blocks), words("question.answers", choices=choices)))
    return message(*blocks, text=text)


def _offered(choice: str, screen: Question, words: Words) -> bool:
    return choice != "na" or words.library.practices[screen.practice].na_when is not None


def _answers(screen: Question, words: Words) -> Block:
    dialog, turn, practice = screen.dialog, screen.turn, screen.practice
    choices = [
        Button(phrases.choice(words, each), "choose", dialog, turn, f"{practice}={each}", unique=each)
        for each in CHOICES
        if _offered(each, screen, words)
    ]
    more = [
        Button(words("question.why"), "why", dialog, turn, practice),
        Button(words("question.back"), "back", dialog, turn, practice),
        Button(words("question.skip"), "skip", dialog, turn, practice),
        Button(words("question.pause"), "pause", dialog, turn),
        Button(words("question.finish"), "finish", dialog, turn),
    ]
    form = Button(words("question.form"), "form", dialog, turn, practice)
    return actions(*choices, form, overflow(practice, more))


def folded(screen: Folded, words: Words, _: Place) -> Message:
    """Show an answered or left question as one line."""
    return message(_line(screen.line, screen.dialog, words))


def folded_form(screen: FoldedForm, words: Words, _: Place) -> Message:
    """Show the answers given by a form, a line each."""
    head = words(
        "question.form_head",
        section=phrases.section_name(words, screen.section),
        lines=len(screen.lines),
        name=screen.name,
    )
    return message(section(head), *(_line(line, screen.dialog, words) for line in screen.lines))


def _line(line: FoldedLine, dialog: str, words: Words) -> Block:
    title = words.library.practices[line.practice].title
    shown = {"number": line.number, "title": title}
    if line.given is not None:
        given = line.given
        choice = phrases.choice(words, given.choice)
        text = words("question.folded", **shown, choice=choice, name=given.name, note=given.note)
        return section(text, edit_button(words, dialog, line.practice, line.number))
    text = words(f"question.folded_{line.why_open}", **shown)
    if line.why_open == "again":
        return section(text)
    label, spoken = words("question.answer"), words("question.answer_spoken", **shown)
    return section(text, _edit(line.practice, dialog, label, spoken))


def edit_button(words: Words, dialog: str, practice: str, number: int) -> Block:
    """Draw the button that opens an answer's form."""
    title = words.library.practices[practice].title
    spoken = words("question.edit_spoken", number=number, title=title)
    return _edit(practice, dialog, words("terms.edit"), spoken)


def _edit(practice: str, dialog: str, label: Mrkdwn, spoken: Mrkdwn) -> Block:
    return button(Button(label, "edit", dialog, 0, practice, unique=practice, spoken=spoken))


def noted(screen: Noted, words: Words, _: Place) -> Message:
    """Confirm how a typed answer was read."""
    given = screen.given
    shown = {"number": screen.number, "choice": phrases.choice(words, given.choice)}
    title = words.library.practices[screen.practice].title
    text = (
        words("question.noted", **shown, title=title, note=given.note)
        if given.note
        else words("question.noted_plain", **shown, title=title)
    )
    return message(section(text, edit_button(words, screen.dialog, screen.practice, screen.number)))


def changed(screen: Changed, words: Words, _: Place) -> Message:
    """Tell that an answer, or only its note, is another one now."""
    was, now = screen.was, screen.now
    shown = {
        "number": screen.number,
        "title": words.library.practices[screen.practice].title,
        "now": phrases.choice(words, now.choice),
        "name": now.name,
    }
    if was.choice != now.choice:
        return message(section(words("question.changed", **shown, was=phrases.choice(words, was.choice))))
    if now.note:
        return message(section(words("question.changed_note", **shown, note=now.note)))
    return message(section(words("question.changed_no_note", **shown)))


def note_kept(screen: NoteKept, words: Words, _: Place) -> Message:
    """Confirm a note."""
    title = words.library.practices[screen.practice].title
    return message(section(words("question.note_kept", number=screen.number, title=title, note=screen.note)))


def crowd(_screen: Crowd, words: Words, _: Place) -> Message:
    """Say that bare words count no longer."""
    return message(section(words("question.crowd")))
