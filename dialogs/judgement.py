"""Everything concluded from one set of answers and facts, in one value."""

from dataclasses import dataclass

from dialogs.answers import Answers, Facts
from dialogs.scoring import Score, score
from dialogs.target import Target, propose
from knowledge.content import DimensionKey
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where a team stands and what it should aim at."""

    score: Score
    target: Target

    @property
    def gap(self) -> int:
        """How many levels lie between the overall level and the target; 0 when it is reached."""
        return max(0, self.target.level - self.score.floor.overall)

    def gap_of(self, dimension: DimensionKey) -> int:
        """Say the same for one dimension."""
        return max(0, self.target.level - self.score.floor.dimensions[dimension])


def judge(library: Library, answers: Answers, facts: Facts) -> Judgement:
    """Score the answers and propose a target."""
    found = score(library, answers)
    return Judgement(found, propose(library, found, answers, facts))
