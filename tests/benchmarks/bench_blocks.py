"""Row 15: building ten blocks, against the SDK's models; and filling in thirty lines, against jinja2's own render.

The blocks are those of a question, a result and its buttons: sections, a context, actions with five buttons; their
text comes from the words, escaped already, as it does in the bot. The template's other side is `Template.render` of the
same text in the same environment, with the same escaping.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from slack_sdk.models import blocks as sdk

from benchmarks.measuring import compared, in_turns, rounds_wanted, tell
from benchmarks.sample_message import library
from bot.blocks import Block, Button, actions, context, header, section
from bot.mrkdwn import Mrkdwn
from bot.words import Words, environment

TIMES = 2000  # of a round
BLOCKS_GOAL, TEMPLATE_GOAL = 0.1, 1.2
TEXT = Mrkdwn(
    "*Model creation · 7 of about 33*\n*Is training started by a pipeline?*\nYes means: nobody starts it by hand."
)
LABELS = ("Yes", "Partly", "No", "Don't know", "Not for us")
LINE = "{{ title }} · *{{ choice }}* · {{ name }}{% if note %} · “{{ note }}”{% endif %}"
THIRTY = "{% block body %}" + "\n".join(f"{number}. {LINE}" for number in range(30)) + "{% endblock %}"
GIVEN = {"title": "Training data is versioned", "choice": "partly", "name": "Ana", "note": "R&D only, <soon> all"}


def ours() -> list[Block]:
    """Ten blocks by our functions."""
    buttons = [Button(label, "choose", "d" * 12, 7, f"M2-C-4={label}", label) for label in LABELS]
    return [header("Result of fraud-detection"), *(section(TEXT) for _ in range(7)), context(TEXT), actions(*buttons)]


def models() -> list[dict[str, object]]:
    """The same ten by the SDK's models."""
    built: list[sdk.Block] = [
        sdk.HeaderBlock(text="Result of fraud-detection"),
        *(sdk.SectionBlock(text=sdk.MarkdownTextObject(text=TEXT, verbatim=True)) for _ in range(7)),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text=TEXT, verbatim=True)]),
        sdk.ActionsBlock(
            elements=[
                sdk.ButtonElement(text=label, action_id=f"choose:{label}", value=f"choose|{'d' * 12}|7|M2-C-4={label}")
                for label in LABELS
            ]
        ),
    ]
    return [block.to_dict() for block in built]


def microseconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    began = time.perf_counter()
    for _ in range(TIMES):
        work()
    return (time.perf_counter() - began) / TIMES * 1e6


def main(rounds: int) -> None:
    """Measure and tell."""
    assert len(ours()) == len(models()) == 10
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "thirty.md.j2").write_text(THIRTY, encoding="utf-8")
        words = Words(library(), Path(name))
        template = environment(Path(name)).get_template("thirty.md.j2")
        assert words("thirty.body", **GIVEN) == template.render(**GIVEN)
        built = in_turns(lambda: microseconds(ours), lambda: microseconds(models), rounds)
        filled = in_turns(
            lambda: microseconds(lambda: words("thirty.body", **GIVEN)),
            lambda: microseconds(lambda: template.render(**GIVEN)),
            rounds,
        )
    tell(
        [
            compared("15", "building ten blocks, against slack_sdk.models", built, "us", BLOCKS_GOAL),
            compared("15", "thirty lines of a template, against Template.render", filled, "us", TEMPLATE_GOAL),
        ]
    )


if __name__ == "__main__":
    main(rounds_wanted(__doc__))
