"""What people type, and what buttons and forms may carry: sensible, outdated, and nonsense."""

from typing import get_args

from dialogs.events import Way
from dialogs.screens import Action

COMMANDS = (
    "start", "start full", "start fraud", "start full fraud", "start quick fraud", "start again fraud", "start again",
    "start full churn model", "start churn-model", "start frauds", "start a new assessment", "start again nothing",
    f"start {'x' * 300}", 'start "*<!channel>* | `x`"', "start \U0001f3fb\ufe0f", "start - _", "status", "status fraud",
    "status nobody", "statsu fraud", "level 2", "level google 1", "level 99", "l3", "help", "", "ask", "ask ?",
    "ask do we need level 4", "ask level/4/need", "ask team/next for fraud", "ask team/history", "remind",
    "remind every 3 months", "remind every 3 months for fraud", "remind us quarterly for churn model", "remind off",
    "remind off for fraud", "remind every 0 weeks", "remind in 6 weeks", "remind on 1/2/2027", "remind on 2027-02-30",
    "remind tomorrow for fraud",
    "remind on 2026-11-24", "remind every 2 weeks for nobody", "remind every 99999 years",
    "settings", "settings zone Asia/Singapore", "settings zone Mars/Base", "settings zone profile",
    "settings country DE", "settings country none", "settings colour blue", "we now have 30 models in production",
    "fraud: we have 2 models now", "we are in production now", "what should we do next for fraud?",
    "which level are we at?", "what is a feature store", "how does level 2 differ from level 3?",
    "delete me", "delete fraud", "delete everything", "export", "export me", "export fraud",
    "what is for lunch?", "xoxb-123456789-abcdef", "hello", "start with monitoring or a registry?",
)  # fmt: skip
WORDS = (
    "yes", "no", "partly", "n/a", "don't know", "yes but only for fraud", "no, never", "yes and no", "YES!!", ":+1:",
    "\U0001f44d\U0001f3fd", "back", "skip", "pause", "resume", "finish", "stop", "why", "why?", "why 3", "why 99",
    "why model creation", "why the target", "why do we need a registry?", "help", "form", "edit", "edit 2",
    "edit 1 yes", "edit 2 n/a", "edit 999", "reopen", "same", "all the same", "production", "personal", "poc", "12",
    "about 20 models", "1000000", "-1", "\u0663", "mlflow, airflow", "none", "lol", "I think so", "unknown", "",
)  # fmt: skip
ARGUMENTS = (
    "", "1", "2", "4", "99", "\u0663", "\u00b2", "-1", "again", "full", "quick", "week", "month", "off", "other",
    "pause", "finish", "discard", "stage=production", "stage=nowhere", "use_cases=3", "use_cases=abc", "x=y",
    "tools=mlflow", "M2-C-4", "M2-C-4=na", "M2-C-4=yes", "M2-C-4=perhaps", "G1-1", "G1-1=yes", "X-owner=na",
    "X-owner=no", "nobody=yes", "overall", "google", "target", "risks", "provisional", "model-creation", "nonsense",
    "every 3 months", "every 0 months", "on 2026-01-01", "every 2 weeks for fraud", "start full fraud", "full fraud",
    "level/4/need x", "team/level", "level 2", "again due:2026", "week due:2027-02-23T08:00:00+00:00", "ask why",
    "remind for fraud", "{open}", "{open}=abc", "{open}=12", "{open}=true", "{open}=production", "{open}=partly",
    "{open}=na", "\x00", "|||", "x" * 1500,
)  # fmt: skip
PRACTICES = (
    "M1-C-1",
    "M2-C-1",
    "M2-C-4",
    "M3-R-1",
    "M4-A-3",
    "G1-1",
    "G2-7",
    "X-owner",
    "X-personal-data",
    "",
    "nobody",
)
SECONDS = (1, 60, 3600, 86_400, 4 * 86_400, 20 * 86_400, 95 * 86_400, 400 * 86_400)
FORMS = ("facts", "answers", "edit", "need", "update", "nonsense")
FIELDS = (
    "stage", "use_cases", "tools", "adaptive", "choice", "note", "M2-C-4", "G1-1", "X-owner", "nobody", "",
    "regulation",
)  # fmt: skip
VALUES: tuple[str | tuple[str, ...] | None, ...] = (
    None, "", "yes", "no", "na", "unknown", "true", "false", "production", "banana", "12", " 3 ", "-1", "100001",
    "about 3 models", "1e3", "\u0663", ("mlflow",), ("mlflow", "nobody", "mlflow"), (), ("yes",), "note " * 300,
)  # fmt: skip
ERRORS = ("not_in_channel", "is_archived", "channel_not_found", "invalid_blocks", "something_new", "")
SLOTS = ("parent", "facts", "question:1:3", "due:x", "")
ACTIONS = (*get_args(Action), "", "no-such-action")
WAYS: tuple[Way, ...] = get_args(Way)
