"""Passwords and tokens that somebody pastes: noticed, so that they are never kept.

Only shapes that are hardly anything else count. A commit's hash, a UUID or a sentence about passwords is no secret.
Every repetition has a bound, so that no text, however long, takes long to read.
"""

import re

_KNOWN = (
    r"\b(?i:x(?:ox|app)[a-z]?)-[\w-]{6,}",  # Slack
    r"\bhooks\.slack\.com/services/T\w+/B\w+/\w+",
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",  # AWS
    r"\bgh[pousr]_[A-Za-z0-9]{20,}",  # GitHub
    r"\bgithub_pat_\w{20,}",
    r"\bglpat-[\w-]{20,}",  # GitLab
    r"\bAIza[\w-]{35}",  # Google
    r"\b[rs]k_live_[A-Za-z0-9]{16,}",  # Stripe
    r"\bsk-(?=[\w-]{0,200}[A-Z])(?=[\w-]{0,200}\d)[\w-]{20,}",  # OpenAI, Anthropic
    r"\bhf_[A-Za-z]{30,}",  # Hugging Face
    r"\bnpm_[A-Za-z0-9]{36}",
    r"\bpypi-[\w-]{40,}",
    r"\bdapi[0-9a-f]{32}",  # Databricks
    r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY",
    r"\beyJ[\w-]{8,1000}\.eyJ[\w-]{8,2000}\.",  # a JSON web token
    r"\b[a-zA-Z][\w+.-]{0,30}://[^\s:/@]{0,100}:[^\s/@]{3,200}@[\w.-]",  # an address with a password in it
)
_SHAPES = re.compile("|".join(f"(?:{shape})" for shape in _KNOWN))
# "password: ...", "API_KEY=...": a secret where letters and digits stand together and no address follows.
_NAMED = re.compile(
    r"(?P<kind>pass(?:word|wd|phrase)|pwd|secret|token|(?:api|access|private)[ _-]?key)\w{0,30}[\"']?\s{0,5}"
    r"(?:[:=]|\bis\b)\s{0,5}"
    r"[\"'`]?(?P<value>[^\s\"'`,;]{1,200})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?\w+://")
_PASSWORD, _KEY = 6, 16  # characters from which on a password, or a key, may be a real one


def holds_secret(text: str) -> bool:
    """Whether a text holds something that looks like a password, a key or a token."""
    return _SHAPES.search(text) is not None or any(_is_value(found) for found in _NAMED.finditer(text))


def _is_value(found: re.Match[str]) -> bool:
    kind, value = found["kind"].casefold(), found["value"].rstrip(".!?)")
    mixed = re.search(r"\d", value) is not None and re.search(r"[^\W\d]", value) is not None
    shortest = _PASSWORD if kind.startswith(("pass", "pwd")) else _KEY
    return mixed and len(value) >= shortest and not _ADDRESS.match(value)
