"""Plays a conversation through the real Bolt app and the local workspace; the twin of `engine_player.py`."""

from typing import Any

from dialogs.state import State
from stage import Stage

CHANNEL = "fraud-detection"


class SandboxPlayer:
    """One channel of the workspace, and the people in it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._states: tuple[State, ...] = ()

    async def commands(self, name: str, text: str) -> None:
        await self.stage.person(name).commands(text, CHANNEL)

    async def says(self, name: str, text: str, *, mentioned: bool = False) -> None:
        said = f"@maturity {text}" if mentioned else text
        await self.stage.person(name).says(said, CHANNEL, self.assessment().thread)

    async def clicks(self, name: str, label: str, within: str | None = None) -> None:
        await self.stage.person(name).clicks(label, within=within or "")
        if label in ("Edit", "Edit facts", "Fill in the facts", "Answer as a form", "Answer", "Why we ask"):
            await self.stage.workspace.until(lambda: self.stage.person(name).modal is not None)

    async def submits(self, name: str, values: dict[str, Any]) -> None:
        await self.stage.person(name).submits(**values)

    async def closes(self, name: str) -> None:
        await self.stage.person(name).closes()

    async def waits(self, seconds: float) -> None:
        """Let time pass; the bot's clock looks at once, as it does every few seconds."""
        self.stage.clock.forward(seconds)
        await self.stage.bot.clock.tick()
        self.stage.bot.courier.wake()

    async def settled(self) -> None:
        await self.stage.settled()
        rows = await self.stage.bot.store.read(
            lambda reading: [reading.peek(row["id"]) for row in reading.sql("SELECT id FROM dialogs ORDER BY began_at")]
        )
        self._states = tuple(state for state in rows if state is not None)
        self._answers = {
            state.id: await self.stage.bot.store.read(lambda reading, state=state: reading.answers(state.id))  # type: ignore[misc]  # the default binds the loop's state
            for state in self._states
        }

    def assessment(self) -> State:
        return self._states[-1]

    def thread(self) -> list[str]:
        bot = self.stage.bot.router.me.user
        seen = self.stage.person("Ana").sees(CHANNEL)
        return [each.text for each in seen if not each.ephemeral and each.author == bot]

    def private(self, name: str) -> list[str]:
        seen = self.stage.person(name).sees()
        direct = self.stage.workspace.state.im_of(self.stage.person(name).id).id
        return [each.text for each in seen if each.ephemeral or each.channel == direct]

    def recorded(self) -> dict[str, str]:
        return {row["practice"]: row["choice"] for row in self._answers[self.assessment().id]}
