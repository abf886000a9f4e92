"""The facts about the team: the invitation, one fact asked in words, and the line that shows them all."""

from bot import limits, phrases
from bot.blocks import Block, Button, Message, actions, button, context, message, section
from bot.mrkdwn import join
from bot.place import Place
from bot.words import Words
from dialogs.answers import FactValue
from dialogs.screens import FactFolded, FactQuestion, FactsInvitation, FactsLine
from knowledge.content import Fact

_COUNTS = (0, 1, 2, 3, 5, 10, 20)  # numbers offered as buttons; others can be typed


def facts_invitation(screen: FactsInvitation, words: Words, _: Place) -> Message:
    """Invite to give the facts."""
    dialog = screen.dialog
    return message(
        section(words("facts.invitation")),
        context(words("facts.prefilled")) if screen.prefilled else None,
        actions(
            Button(words("facts.open_form"), "facts-form", dialog, 0, "1", unique="1", style="primary"),
            Button(words("facts.one_at_a_time"), "facts-words", dialog),
            Button(words("facts.without"), "facts-skip", dialog),
        ),
    )


def facts_line(screen: FactsLine, words: Words, _: Place) -> Message:
    """Show the facts in one line, and what is still worth giving."""
    label = words("facts.edit") if screen.facts else words("facts.add")
    edit = button(Button(label, "facts-form", screen.dialog, 0, "1", unique="1"))
    if not screen.facts:
        return message(section(words("facts.line_empty"), edit))
    known = [key for key in words.library.facts if key in screen.facts]
    facts = join((phrases.fact_line(words, key, screen.facts[key]) for key in known), " · ")
    first = section(words("facts.line", facts=facts, name=screen.name), edit)
    return message(first, _waiting(screen, words) if screen.waiting else None)


def _waiting(screen: FactsLine, words: Words) -> Block:
    give = words("facts.give_waiting", waiting=screen.waiting)
    opens = button(Button(give, "facts-form", screen.dialog, 0, "2", unique="2"))
    return section(words("facts.waiting", waiting=screen.waiting), opens)


def fact_question(screen: FactQuestion, words: Words, _: Place) -> Message:
    """Ask one fact in words."""
    fact = words.library.facts[screen.fact]
    so_far = None if screen.so_far is None else phrases.fact_value(words, fact.key, screen.so_far)
    typed = f"facts.type_{fact.kind}"
    return message(
        context(words("facts.head", title=fact.title)),
        section(words("facts.body", question=fact.question, why=fact.why, so_far=so_far)),
        context(words(typed)) if words.has(typed) else None,
        actions(*_values(screen, fact, words), _skip(screen, words)),
    )


def _values(screen: FactQuestion, fact: Fact, words: Words) -> list[Button]:
    values: list[tuple[str, FactValue]] = []
    if fact.kind == "choice":
        values = [(option.value, option.value) for option in fact.options[: limits.ACTIONS_ELEMENTS - 1]]
    elif fact.kind == "yes-no":
        values = [("true", True), ("false", False)]
    elif fact.kind == "count":
        values = [(str(number), number) for number in _COUNTS]
    return [
        Button(
            phrases.fact_value(words, fact.key, value),
            "fact",
            screen.dialog,
            screen.turn,
            f"{fact.key}={written}",
            unique=written,
        )
        for written, value in values
    ]


def _skip(screen: FactQuestion, words: Words) -> Button:
    return Button(words("facts.skip"), "fact-skip", screen.dialog, screen.turn, screen.fact)


def fact_folded(screen: FactFolded, words: Words, _: Place) -> Message:
    """Show a fact given in words, or skipped, as one line."""
    title = words.library.facts[screen.fact].title
    if screen.value is None:
        return message(section(words("facts.folded_skipped", title=title)))
    value = phrases.fact_value(words, screen.fact, screen.value)
    return message(section(words("facts.folded", title=title, value=value, name=screen.name)))
