"""The next steps of a report: each with why, what it takes, and technologies that serve it."""

from collections.abc import Sequence

from bot.blocks import Block, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import answer_name, area_title, several
from bot.words import Words
from dialogs.roadmap import NextStep


def steps_blocks(steps: Sequence[NextStep], words: Words, *, gap: int) -> list[Block]:
    """The next steps of a report, a block each; where a gap is left and no step, the team has put all of them off."""
    if not steps:
        return [section(words("report.steps_put_off" if gap else "report.no_steps"))]
    title = section(Mrkdwn(f"*{words('report.steps_title')}*"))
    return [title, *(section(step_text(number, step, words)) for number, step in enumerate(steps, 1))]


def step_text(number: int, step: NextStep, words: Words) -> Mrkdwn:
    """One step: what to do, why, what it takes, and with which technology."""
    practice = words.library.practices[step.practice]
    told = {"reason": step_reason(step, words), "effort": practice.effort, "tools": tools_text(step, words)}
    return words("report.step", number=number, step=practice.step.rstrip("."), **told)


def step_reason(step: NextStep, words: Words) -> Mrkdwn:
    """Why a step is one: how the practice stands, and what it holds back."""
    kind = "risk" if step.blocks == "risk" else "gate" if step.gate else ""
    return words(
        f"report.step_reason_{kind}" if kind else "report.step_reason",
        title=words.library.practices[step.practice].title,
        id=step.practice,
        answer=_standing(step),
        area=area_title(words.library, step.blocks),
        level=step.level,
    )


def _standing(step: NextStep) -> str:
    """How a practice stands, as the end of "X ... "."""
    return "was not asked about" if step.answer is None else f"stands at “{answer_name(step.answer)}”"


def tools_text(step: NextStep, words: Words) -> Mrkdwn | str:
    """What serves the step: the team's own tools, else one or two to consider, with what to know first."""
    library = words.library
    chosen = [library.tools[slug] for slug in step.owned_tools or step.tool_options]
    if not chosen:
        return ""
    if step.owned_tools:
        said = words("report.step_owned", tools=several([tool.name for tool in chosen]))
    else:
        texts = [words("report.step_tool", name=tool.name, when=tool.choose_when.rstrip(".")) for tool in chosen]
        capability = library.capabilities[library.practices[step.practice].capability].title
        said = words("report.step_tools", capability=capability, tools=several(texts, last="or"))
    cautions = (words("report.caution", name=tool.name, caution=tool.caution) for tool in chosen if tool.caution)
    return join((said, *cautions))
