"""What a few facts alone say about a level, in the modal they were given in."""

from bot.blocks import Block, context, listing, section
from bot.mrkdwn import Mrkdwn
from bot.naming import sources_line
from bot.speak_need import flip_text
from bot.speak_report import filled_reason
from bot.words import Words
from dialogs.settling import Settled
from dialogs.target import top_level

_FLIPS_SHOWN = 3


def settled_blocks(settled: Settled, words: Words) -> list[Block]:
    """The verdict, the rules that fired, what would change it, and what comes next."""
    library = words.library
    fired = [rule for rule in library.target.rules if rule.id in settled.target.rules]
    reasons = [
        words(
            "need.reason_plain",
            reason=filled_reason(rule.reason, settled.facts).rstrip("."),
            rule=rule.id,
            level=rule.level,
        )
        for rule in fired
    ]
    flips = [flip_text(each.fact, each.was, each.to, each.verdict, words) for each in settled.flips[:_FLIPS_SHOWN]]
    blocks = [section(_verdict(settled, words)), section(listing(words("need.reasons_title"), reasons))]
    if flips:
        blocks.append(section(listing(words("need.flips_title"), flips)))
    if _held(settled):
        points = ", ".join(point.title.lower() for point in library.target.readiness)
        blocks.append(section(words("need.settled_ready", points=points)))
    keys = dict.fromkeys(key for rule in fired for key in rule.sources)
    sources = words("why.sources", sources=sources_line(library, keys), one=len(keys) == 1)
    return [*blocks, section(words("need.settled_next")), context(sources)]


def _held(settled: Settled) -> bool:
    """Whether there is a reason for the level, and readiness is what it waits for."""
    return settled.verdict.verdict == "not-yet" and bool(settled.target.needs)


def _verdict(settled: Settled, words: Words) -> Mrkdwn:
    kind = settled.verdict.verdict
    name = "yes" if settled.speaks_for else {"no": "no", "not-yet": "not_yet"}.get(kind, "open")
    name = "held" if _held(settled) else name
    if name == "no" and settled.level == top_level(words.library) and settled.target.needs_open:
        name = "open"
    return words(f"need.settled_{name}", level=settled.level, target=settled.target.level)
