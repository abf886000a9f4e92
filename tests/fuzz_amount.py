"""How much the fuzzing tests try: a small fixed number in `make test`, more through MATURITY_FUZZ_EXAMPLES.

The bounded run is the same every time. A long run draws anew and says what it tried.
"""

import os
import sys
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings

MORE = int(os.environ.get("MATURITY_FUZZ_EXAMPLES", "0"))


def tries(bounded: int, share: float = 1.0) -> settings:
    """So many examples; in a long run this share of what the environment variable asks for."""
    return settings(
        max_examples=max(bounded, round(MORE * share)),
        derandomize=not MORE,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )


def tell(capsys: pytest.CaptureFixture[str], name: str, tried: Counter[str]) -> None:
    """In a long run, say what was tried."""
    if MORE:
        with capsys.disabled():
            sys.stdout.write(f"\n{name}: {', '.join(f'{count} {what}' for what, count in sorted(tried.items()))}\n")
