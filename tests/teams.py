"""Made-up teams: answers and facts for tests, drawn by hypothesis or simulated from a maturity."""

import random
from collections.abc import Mapping

from hypothesis import settings
from hypothesis import strategies as st

from dialogs.answers import Answers, Choice, FactValue
from sample_library import NOT_APPLICABLE, sample_library

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

LIBRARY = sample_library()
ASKED = tuple(practice.id for practice in LIBRARY.asked())
EVERY = tuple(LIBRARY.practices)
SURE: tuple[Choice, ...] = ("yes", "partly", "no")
_MOSTLY: dict[str, tuple[Choice, ...]] = {
    "good": ("yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "partly", "no", "unknown", "na"),
    "even": ("yes", "partly", "no", "unknown", "na"),
}


def everything(choice: Choice, **others: Choice) -> dict[str, Choice]:
    """Answer every practice of the sheet alike, except where told (M2_C_4 stands for M2-C-4)."""
    return dict.fromkeys(EVERY, choice) | {name.replace("_", "-"): given for name, given in others.items()}


def up_to(level: int) -> dict[str, Choice]:
    """Answer yes up to a level of either model, and no above; what stands outside them is in place."""
    return {name: "yes" if name[0] == "X" or int(name[1]) <= level else "no" for name in EVERY}


@st.composite
def answers(draw: st.DrawFn, names: tuple[str, ...] = ASKED, *, complete: bool = False) -> dict[str, Choice]:
    """Draw answers of a team, good up to some level and mixed above, so that every level is seen often."""
    level = draw(st.integers(-1, 4))
    keep = 1.0 if complete else draw(st.sampled_from([0.2, 0.7, 0.95, 1.0]))
    chance = draw(st.randoms(use_true_random=False))
    found: dict[str, Choice] = {}
    for name in names:
        if chance.random() >= keep:
            continue
        good = name[0] != "X" and int(name[1]) <= level
        choice = chance.choice(_MOSTLY["good"] if good else _MOSTLY["even"])
        found[name] = "unknown" if choice == "na" and name not in NOT_APPLICABLE else choice
    return found


def _counts() -> st.SearchStrategy[int]:
    return st.sampled_from([0, 1, 2, 3, 4, 18, 19, 20, 21]) | st.integers(0, 60)


@st.composite
def facts(draw: st.DrawFn, missing: float = 0.25) -> dict[str, FactValue]:
    """Draw facts about a team, each missing now and then."""
    chance = draw(st.randoms(use_true_random=False))
    share = draw(st.sampled_from([0.0, missing]))
    found: dict[str, FactValue] = {}
    for key, fact in LIBRARY.facts.items():
        if chance.random() < share or fact.kind == "tools":
            continue
        if fact.kind == "choice":
            found[key] = chance.choice([option.value for option in fact.options])
        else:
            found[key] = draw(_counts()) if fact.kind == "count" else chance.random() < 0.5
    return found


def full_facts(**given: FactValue) -> dict[str, FactValue]:
    """Give every fact a quiet value, so that only the named ones speak."""
    quiet: Mapping[str, FactValue] = {
        "stage": "production",
        "use_cases": 1,
        "importance": "low",
        "retraining": "rarely",
        "staleness": "none",
        "adaptive": False,
        "label_delay": "weeks",
        "regulation": "none",
        "team": "1-3",
        "on_call": False,
    }
    return {**quiet, **given}


def simulated(maturity: float, noise: float, chance: random.Random) -> Answers:
    """Answer all 66 practices as a team of some maturity (0 to 4.2) would.

    Practices are met in the order of their level; at the level being climbed a share equal to the maturity's
    fraction is met. Google's two levels stand where Microsoft's levels 3 and 4 do. `noise` is the share of answers
    drawn without regard to all that.
    """
    found: dict[str, Choice] = {}
    for name in ASKED:
        level = 1 + chance.randrange(3) if name[0] == "X" else int(name[1]) + (2 if name[0] == "G" else 0)
        surely, share = maturity >= level, maturity - (level - 1)
        found[name] = "yes" if surely or (share > 0 and chance.random() < share) else "no"
        if found[name] == "no" and share > 0 and chance.random() < 0.5:
            found[name] = "partly"
        if chance.random() < noise:
            found[name] = chance.choice(("yes", "partly", "no", "unknown"))
    return found
