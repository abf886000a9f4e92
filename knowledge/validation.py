"""Raw records into content models; what is wrong is said in words for the person editing a file."""

from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.content import CONDITION_KEYS, Record
from knowledge.folder import Raw

_R = TypeVar("_R", bound=Record)

# What to do, by pydantic's type of error; `{...}` come from its context.
_ADVICE = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not a known key; remove it or correct its spelling",
    "string_type": "must be text; words such as yes, no and numbers need quotes, as does text with a colon",
    "string_too_short": "is empty; write it",
    "string_too_long": "is too long; keep it within {max_length} characters",
    "string_pattern_mismatch": "is not written as it must be; the pattern is {pattern}",
    "literal_error": "must be {expected}",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "model_type": "must hold keys and values",
    "date_type": "must be a day such as 2026-11-20",
    "too_short": "needs at least {min_length} entry; add one",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "union_tag_not_found": f"is not a condition; give one of {', '.join(CONDITION_KEYS)}",
}


def validate(model: type[_R], raw: Raw, problems: list[str]) -> _R | None:
    """Give the validated record, or None with one problem per wrong field added to `problems`."""
    try:
        return model.model_validate(raw.data, strict=True)
    except ValidationError as error:
        seen: set[tuple[str, str]] = set()
        found = error.errors(include_url=False)
        for detail in found:
            if detail["type"] == "too_short" and any(_within(other, detail) for other in found):
                continue  # pydantic also misses the entries that are there and wrong
            place = _place(raw, detail["loc"])
            if place not in seen:  # a field of several types gives one error per type
                seen.add(place)
                problems.append(f"{place[0]}: {place[1]}: {_what_to_do(detail)}")
        return None


def _within(inner: ErrorDetails, outer: ErrorDetails) -> bool:
    here, around = inner["loc"], outer["loc"]
    return len(here) > len(around) and here[: len(around)] == around


def _what_to_do(detail: ErrorDetails) -> str:
    advice = _ADVICE.get(detail["type"])
    if advice:
        return advice.format(**detail.get("ctx", {})).replace("True", "true")
    return detail["msg"].removeprefix("Value error, ")


def _place(raw: Raw, loc: tuple[int | str, ...]) -> tuple[str, str]:
    """Name the file and the path to a field, list items by their id where they have one."""
    steps = [raw.path] if raw.path else []
    here: object = raw.data
    for at, step in enumerate(loc):
        if isinstance(here, tuple) and isinstance(step, int) and step < len(here):
            here = here[step]
            name = (
                next((here[k] for k in ("id", "key", "number") if k in here), None) if isinstance(here, dict) else None
            )
            steps.append(str(name) if name is not None else f"[{step + 1}]")
        elif isinstance(here, dict) and (step in here or at == len(loc) - 1):
            here = here.get(str(step))
            steps.append(str(step))
        # anything else is the name that pydantic gives to one type of several
    file = raw.file_of(str(loc[0])) if loc else raw.file
    return file, ".".join(steps).replace(".[", "[") or "file"
