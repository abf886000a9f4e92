"""Modals: the facts, a section's questions, one answer, and why we ask."""

from bot import limits
from bot.blocks import Block, context, option, plain, section, select
from bot.home_modals import draw_home_modal
from bot.modal_parts import FIELD as _FIELD
from bot.modal_parts import Json
from bot.modal_parts import form as _form
from bot.modal_parts import input_block as _input
from bot.modal_parts import modal as _modal
from bot.modal_parts import text_input as _text
from bot.mrkdwn import join
from bot.naming import CHOICE_LABELS, area_title
from bot.speak_settled import settled_blocks
from bot.speak_why import practice_text
from bot.words import Words
from dialogs import answer_screens as a
from dialogs import home_screens as h
from dialogs import reminder_screens as r
from dialogs import result_screens as x
from dialogs import screens as s
from dialogs.answers import Choice, FactValue
from dialogs.sections import section_of
from dialogs.state import Given
from dialogs.target import STAGE
from knowledge.content import Fact, Practice
from knowledge.library import Library


def draw(view: s.View, words: Words, workspace_url: str = "") -> Json:
    """A modal as Slack takes it; with the workspace's address, for links to threads."""
    if isinstance(view, h.StartForm | h.SettingsForm | h.ResultView):
        return draw_home_modal(view, words, workspace_url)
    return _drawn(view, words)


def _drawn(view: s.FormView, words: Words) -> Json:
    match view:
        case s.FactsForm():
            return _facts(view, words)
        case s.AnswersForm():
            return _answers(view, words)
        case s.EditForm():
            return _edit(view, words)
        case s.WhyView():
            text, sources = practice_text(words, view.practice)
            return _modal("Why we ask", [section(text), context(sources)], close="Close")
        case r.UpdateForm():
            return _update(view, words)
        case x.StepDoneForm():
            return _done(view, words)
        case x.StepPlanForm():
            return _plan(view, words)
        case a.NeedForm():
            return _need_form(view, words)
        case a.NeedResult():
            return _modal(f"Do we need level {view.settled.level}?", settled_blocks(view.settled, words), close="Close")


# --- facts ---------------------------------------------------------------------------------------------------------


def _facts(view: s.FactsForm, words: Words) -> Json:
    intro = words("views.facts_one" if view.step == 1 else "views.facts_two")
    inputs = [
        _input(key, fact.question, _fact_element(words.library, fact, view.values.get(key)), fact.why)
        for key, fact in words.library.facts.items()
        if fact.step == view.step
    ]
    title = "Facts about the team" if view.step == 1 else "Facts for level 4"
    drawn = _modal(title, [section(intro), *inputs], submit="Save")
    return drawn | _form("facts", view.dialog, view.turn, str(view.step))


def _update(view: r.UpdateForm, words: Words) -> Json:
    facts = [words.library.facts[key] for key in view.facts]
    inputs = [
        _input(fact.key, fact.question, _fact_element(words.library, fact, view.values.get(fact.key)), fact.why)
        for fact in facts
    ]
    drawn = _modal("What has changed", [section(words("views.changed")), *inputs], submit="Save")
    return drawn | _form("update", view.dialog, view.turn, "")


def _need_form(view: a.NeedForm, words: Words) -> Json:
    library = words.library
    facts = [library.facts[key] for key in view.facts]
    inputs = [_input(fact.key, fact.question, _fact_element(library, fact, None), fact.why) for fact in facts]
    head = [words("need.form", level=view.level)]
    head += [words("need.form_stage")] if STAGE not in view.facts else []
    drawn = _modal(f"Do we need level {view.level}?", [section(join(head, " ")), *inputs], submit="Tell me")
    return drawn | _form("need", None, 0, str(view.level))


def _fact_element(library: Library, fact: Fact, value: FactValue | None) -> Json:
    if fact.kind == "count":
        return _text("A whole number", "" if value is None else str(value), 6)
    if fact.kind == "tools":
        return _tools(library, value if isinstance(value, tuple) else ())
    options = [option(each.label, each.value) for each in fact.options]
    if fact.kind == "yes-no":
        options = [option("Yes", "true"), option("No", "false")]
    initial = str(value).lower() if isinstance(value, bool) else None if value is None else str(value)
    return select(_FIELD, "Choose, or leave open", options, initial)


def _tools(library: Library, chosen: tuple[str, ...]) -> Json:
    """The tools by name; those already chosen first, so that Slack's limit of 100 never hides them."""
    tools = sorted(library.tools.values(), key=lambda tool: (tool.slug not in chosen, tool.name.casefold()))
    usable = [tool for tool in tools if tool.kind != "method"][: limits.SELECT_OPTIONS]
    options = sorted(
        (option(tool.name, tool.slug) for tool in usable), key=lambda each: each["text"]["text"].casefold()
    )
    initial = [each for each in options if each["value"] in chosen]
    drawn: Json = {
        "type": "multi_static_select",
        "action_id": _FIELD,
        "placeholder": plain("Choose any number", limits.PLACEHOLDER),
        "options": options,
    }
    return drawn | ({"initial_options": initial} if initial else {})


# --- answers -------------------------------------------------------------------------------------------------------


def _choices(practice: Practice) -> list[Block]:
    known: tuple[Choice, ...] = ("yes", "partly", "no", "unknown", *(("na",) if practice.na_when else ()))
    return [option(CHOICE_LABELS[choice], choice) for choice in known]


def _answers(view: s.AnswersForm, words: Words) -> Json:
    practices = [words.library.practices[each] for each in view.practices]
    found = section_of(practices[0]) if practices else None
    title = area_title(words.library, found.area) if found else "Questions"
    named = f"{title}, level {found.level}" if found and found.level else title
    head = section(words("views.answers", section=named, practices=len(practices)))
    inputs = [
        _input(
            practice.id,
            practice.question,
            select(_FIELD, "Leave open", _choices(practice)),
            words("views.hint", yes=practice.yes),
        )
        for practice in practices
    ]
    drawn = _modal("Answer as a form", [head, *inputs], submit="Save")
    return drawn | _form("answers", view.dialog, view.turn, view.section)


def _grounds(given: Given | None, practice: Practice, words: Words) -> list[Block]:
    """What an answer rests on: links, and when the thing last ran."""
    evidence, last_run = (given.evidence, given.last_run) if given is not None else ((), None)
    links = _text("https://...", "\n".join(evidence), 2500, lines=True)
    day: Json = {"type": "datepicker", "action_id": _FIELD}
    day |= {"initial_date": last_run.isoformat()} if last_run is not None else {}
    return [
        _input("evidence", "Evidence: links, one a line", links, words("views.evidence", evidence=practice.evidence)),
        _input("last_run", "When did this last run?", day, words("views.last_run")),
    ]


def _answer_inputs(practice: Practice, given: Given | None, chosen: Choice | None, words: Words) -> list[Block]:
    """The inputs of one answer: the choice, a note, and what it rests on."""
    choices = _choices(practice)
    radio: Json = {"type": "radio_buttons", "action_id": _FIELD, "options": choices}
    initial = next((each for each in choices if each["value"] == chosen), None)
    radio |= {"initial_option": initial} if initial else {}
    note = _text("What should be known about it?", (given.note or "") if given else "", 500, lines=True)
    return [
        _input("choice", practice.question, radio, words("views.hint", yes=practice.yes), optional=False),
        _input("note", "Note", note),
        *_grounds(given, practice, words),
    ]


def _of_step(form: str, dialog: str, turn: int, practice: str, *, in_thread: bool) -> Json:
    """What a form about a next step carries: what it says back belongs where its button stood."""
    return _form(form, dialog, turn, practice + (x.IN_THREAD if in_thread else ""))


def _done(view: x.StepDoneForm, words: Words) -> Json:
    practice = words.library.practices[view.practice]
    blocks = [section(words("next.done_form")), *_answer_inputs(practice, view.given, None, words)]
    asked = practice.id + x.ASKED_AT + x.asked_at(view.given)
    carried = _of_step("done", view.dialog, view.turn, asked, in_thread=view.in_thread)
    return _modal("Is it done?", blocks, submit="Save") | carried


def _plan(view: x.StepPlanForm, words: Words) -> Json:
    practice, plan = words.library.practices[view.plan.practice], view.plan
    owner: Json = {"type": "users_select", "action_id": _FIELD, "placeholder": plain("Nobody yet", limits.PLACEHOLDER)}
    owner |= {"initial_user": plan.owner} if plan.owner else {}
    due: Json = {"type": "datepicker", "action_id": _FIELD}
    due |= {"initial_date": plan.due.isoformat()} if plan.due is not None else {}
    head = words("next.plan_form", step=practice.step.rstrip("."), id=practice.id, subject=view.subject)
    blocks = [section(head), _input("owner", "Who does it?", owner), _input("due", "By when?", due)]
    carried = _of_step("plan", view.dialog, view.turn, practice.id, in_thread=view.in_thread)
    return _modal("Owner and date", blocks, submit="Save") | carried


def _edit(view: s.EditForm, words: Words) -> Json:
    practice, given = words.library.practices[view.practice], view.given
    blocks = _answer_inputs(practice, given, given.choice if given is not None else None, words)
    drawn = _modal(f"Question {view.number}", blocks, submit="Save")
    return drawn | _form("edit", view.dialog, view.turn, view.practice)
