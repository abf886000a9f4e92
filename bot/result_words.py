"""Verdicts, levels and targets in words, for the report, the summary, the parent message and status."""

from bot.mrkdwn import Mrkdwn, join
from bot.phrases import area_name, title
from bot.words import Words
from dialogs.judgement import Judgement
from dialogs.scoring import Score
from dialogs.state import State
from dialogs.to_learn import to_learn

_NAMED = 3  # practices named in a sentence; the others are counted
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def spelt(number: int) -> str:
    """Write a small number as a word: "two"; larger ones in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def verdict(words: Words, state: State, judgement: Judgement) -> Mrkdwn:
    """Say in one to three sentences where a team stands, what it should aim at, and whether to stop."""
    score, target = judgement.score, judgement.target
    floor = score.floor.overall
    settled = floor == score.ceiling.overall
    if not settled:
        return join((_open_level(words, state, score), _aim(words, judgement)), " ")
    if target.provisional:
        return join((words("result.level", level=floor), _aim(words, judgement)), " ")
    if floor == target.level:
        return words("result.at_aim", level=floor)
    if floor > target.level:
        return words("result.above_aim", level=floor, target=target.level)
    return words("result.below_aim", level=floor, target=target.level, gap=gap(words, judgement.gap))


def gap(words: Words, levels: int) -> Mrkdwn:
    """Say how many levels lie between: "one level"."""
    return words("result.gap", number=spelt(levels), one=levels == 1)


def _open_level(words: Words, state: State, score: Score) -> Mrkdwn:
    floor, ceiling = score.floor.overall, score.ceiling.overall
    if not any(choice in ("yes", "partly", "no") for choice in state.choices().values()):
        return words("result.open_nothing", floor=floor, ceiling=ceiling)
    missing = to_learn(words.library, state.choices(), score, "overall")
    return words(
        "result.open_level",
        floor=floor,
        ceiling=ceiling,
        things=words("result.things", number=spelt(len(missing)), one=len(missing) == 1),
        names=join((title(words, name) for name in missing[:_NAMED]), ", "),
        more=len(missing) - _NAMED if len(missing) > _NAMED else None,
    )


def _aim(words: Words, judgement: Judgement) -> Mrkdwn:
    target, floor = judgement.target, judgement.score.floor.overall
    if not target.provisional:
        reached = "result.aim_reached" if floor >= target.level else "result.aim"
        return words(reached, target=target.level)
    names = fact_names(words, target.missing)
    if target.lowest < target.level:
        return words("result.aim_unknown", lowest=target.lowest, highest=target.highest, names=names)
    return words(
        "result.aim_open",
        target=target.level,
        highest=target.highest,
        facts=len(target.missing),
        names=names,
    )


def fact_names(words: Words, keys: tuple[str, ...]) -> Mrkdwn:
    """Name facts by their titles."""
    return join((words.library.facts[key].title for key in keys), ", ")


def row_level(words: Words, floor: int, ceiling: int) -> Mrkdwn:
    """Say a level and how far it may still go: "level 1, up to 2"."""
    return words("result.row_level", level=floor, up_to=ceiling if ceiling > floor else None)


def summary_line(words: Words, judgement: Judgement) -> Mrkdwn:
    """Say the level of each dimension and Google's in one line."""
    floor = judgement.score.floor
    dimensions = join(
        (
            words("result.summary_dimension", title=area_name(words, key), level=level)
            for key, level in floor.dimensions.items()
        ),
        " · ",
    )
    top = len(words.library.google.levels) - 1
    return words("result.summary", dimensions=dimensions, google=floor.google, google_top=top)
