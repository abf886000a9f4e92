"""`maturity-bot questions`: what people asked and nothing answered, and which answers did not help."""

from collections.abc import Iterator, Mapping
from typing import Any

from storage.store import open_store


async def read_questions(database_url: str) -> dict[str, list[dict[str, Any]]]:
    """Read both lists; DatabaseProblem where the database cannot be used."""
    store = open_store(database_url)
    try:
        return await store.read(
            lambda reading: {
                "unanswered": [dict(row) for row in reading.unanswered()],
                "rated": [dict(row) for row in reading.ratings()],
            }
        )
    finally:
        await store.close()


def as_lines(found: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Say both lists, a line each."""
    unanswered = found["unanswered"]
    yield f"Unanswered: {len(unanswered)}" if unanswered else "Unanswered: none."
    for row in unanswered:
        yield f"  {row['times']}x, last on {row['last_at'][:10]}: {row['text']}"
    rated = [row for row in found["rated"] if row["unhelpful"]]
    yield f"Not helpful: {len(rated)}" if rated else "Not helpful: none."
    for row in rated:
        yield f"  {row['unhelpful']} of {row['helpful'] + row['unhelpful']}: {row['entry']}"
