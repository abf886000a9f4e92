"""A team that answers an assessment by what it sees: whatever the bot has shown decides what is done next.

So a restart needs no script of its own. What was not acknowledged is done again, as people do; what was acknowledged
never is, so an acknowledged act without its effect ends as a team that waits for ever.
"""

import zlib
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from bot.sandbox.element_values import acting, options_of
from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.payload import Payload
from bot.sandbox.person import Person
from bot.sandbox.screen import Seen
from bot.sandbox.workspace import Workspace
from chaos.disk import PATIENCE_SECONDS, Disk, until_on_disk

WAYS = ("clicks", "types", "other", "clicks", "types", "form")
CHOICES = ("Yes", "Partly", "No", "Yes", "Don't know")
FACTS = {"Where is it today?": "In production", "How many models or use cases are live today?": "3"}
SHORT = 3  # answers, then the report is asked for


class Act(NamedTuple):
    """Something to do now; `name` is what it brings about, `do` does it."""

    name: str
    do: Callable[[], Awaitable[object]]


class Team:
    """Two people of a channel: the first clicks and fills in forms, the second types.

    `short` leaves the facts out and asks for the report after three answers. `process` numbers the bot's process: what
    may be lost in a crash, such as a form that opens, may be asked for once more from the next one. `did` tells it all.
    """

    def __init__(
        self,
        workspace: Workspace,
        disk: Disk,
        channel: str,
        people: tuple[str, str],
        process: Callable[[], int],
        *,
        short: bool,
    ) -> None:
        self.channel = channel
        self.short = short
        self.did: list[str] = []
        self._form_of = ""
        self._workspace = workspace
        self._disk = disk
        self._clicker, self._typist = (workspace.person(name) for name in people)
        self._bot = workspace.state.bot_user
        self._process = process
        self._acknowledged: set[str] = set()

    def shown(self) -> list[Seen]:
        """The bot's messages in the channel and its threads, oldest first."""
        return [each for each in self._clicker.sees(self.channel) if each.author == self._bot and not each.ephemeral]

    @property
    def reminded(self) -> bool:
        """Whether everything is over: the report was given, and its reminder has come."""
        return any("Time to look at" in each.text for each in self.shown())

    @property
    def waits_for_its_date(self) -> bool:
        """Whether nothing is left to do until the reminder is due."""
        return any(": I come back on" in each.text for each in self.shown()) and not self.reminded

    def next_act(self) -> Act | None:
        """What to do now; None: wait."""
        act = self._wanted()
        return act if act is not None and act.name not in self._acknowledged else None

    async def does(self, act: Act) -> None:
        """Do it; acknowledged, it is not done again. What is typed is Slack's to repeat until it is acknowledged."""
        await self._workspace.until(lambda: self._workspace.link.connected, PATIENCE_SECONDS)
        self.did.append(act.name)
        try:
            await act.do()
        except NotAcknowledged as problem:
            self.did.append(f"{act.name}: {problem}")
            if not act.name.startswith("type"):
                return
        self._acknowledged.add(act.name)

    def _wanted(self) -> Act | None:
        shown = self.shown()
        if self._clicker.modal is not None:
            return self._form(self._clicker.modal)
        if not any("MLOps maturity of" in each.text for each in shown):
            subject = f"{self.channel} model"
            return Act("start", lambda: self._clicker.commands(f"/maturity start {subject}", self.channel))
        if any(": I come back on" in each.text for each in shown):
            return None
        return next((act for each in reversed(shown) if (act := self._on(each)) is not None), None)

    def _on(self, message: Seen) -> Act | None:
        """What the buttons of a message are for."""
        labels = message.labels
        for beginning in ("Every 3 months (", "Go on (about"):
            for label in labels:
                if label.startswith(beginning):
                    return self._click(label, message, self._clicker)
        if "Skip the facts" in labels:
            return self._click("Skip the facts", message) if self.short else self._open("Fill in the facts", message)
        return self._question(message) if "Pause" in labels else None

    def _question(self, message: Seen) -> Act:
        """Answer by a click, by typing, or in a form; each question always in the same way."""
        head, title = message.text.splitlines()[:2]
        number = zlib.crc32(title.encode())
        choice = CHOICES[number % len(CHOICES)]
        if self.short and f"· {SHORT + 1} of about" in head:
            return self._click("Finish early", message)
        way = WAYS[number // 7 % len(WAYS)]
        if way == "types":
            words = choice.lower() if choice == "Don't know" else f"{choice.lower()} because we looked"
            return Act(f"type {title}", lambda: self._types(words, message))
        if way == "form" and not self.short:
            return self._open("Answer as a form", message)
        return self._click(choice, message, self._typist if way == "other" else self._clicker)

    def _click(self, label: str, message: Seen, who: Person | None = None) -> Act:
        return Act(f"click {label} on {message.ts}", lambda: (who or self._clicker).clicks(label, message))

    def _open(self, label: str, message: Seen) -> Act:
        """Open a form, unless it was submitted; what a crash loses, or makes too late, is asked for again."""
        if (done := f"submit the form of {message.ts}") in self._acknowledged:
            return Act(done, lambda: self._clicker.clicks(label, message))
        self._form_of = message.ts
        late = sum("did not open in time" in each.text for each in self._clicker.sees(self.channel))
        again = f"process {self._process()}, {late} times too late"
        return Act(f"open {label} on {message.ts}, {again}", lambda: self._clicker.clicks(label, message))

    async def _types(self, text: str, message: Seen) -> None:
        await until_on_disk(lambda: self._disk.knows(message.ts))  # people type more slowly than the bot notes
        await self._typist.says(text, self.channel, message)

    def _form(self, view: Payload) -> Act:
        facts = any((block.get("label") or {}).get("text") in FACTS for block, _ in acting(view["blocks"]))
        values = FACTS if facts else dict(_answers(view))
        return Act(f"submit the form of {self._form_of}", lambda: self._clicker.submits(**values))


def _answers(view: Payload) -> Sequence[tuple[str, str]]:
    """An answer for every question of a form."""
    return [
        (block["block_id"], CHOICES[zlib.crc32(block["block_id"].encode()) % len(CHOICES)])
        for block, element in acting(view["blocks"])
        if options_of(element)
    ]
