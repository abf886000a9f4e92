"""What a person does in the app's own place: its Home and Messages tabs, its prompts, its global shortcuts."""

from bot.sandbox.acts import Acts
from bot.sandbox.errors import ActRefused
from bot.sandbox.events import Delivery
from bot.sandbox.hub import Hub
from bot.sandbox.naming import element_named, targeted, value_of
from bot.sandbox.screen import SeenView
from bot.sandbox.state import Member


class Visitor:
    """The part of a person that visits the app. Acts return once the app has acknowledged."""

    def __init__(self, hub: Hub, acts: Acts, member: Member) -> None:
        self._hub = hub
        self._acts = acts
        self.id = member.id
        self.name = member.display_name

    @property
    def home(self) -> SeenView:
        """What stands on the app's Home tab for this person now; empty until the app has published something."""
        return SeenView(self._hub.state.homes.get(self.id) or {})

    @property
    def prompts(self) -> list[str]:
        """The titles of the prompts that the Messages tab proposes."""
        return [each["title"] for each in self._hub.prompts_of(self.id)["prompts"]]

    async def opens_home(self) -> None:
        """Open the app's Home tab."""
        await acknowledged(self._acts.home.open(self.id, "home"))

    async def opens_messages(self) -> None:
        """Open the app's Messages tab."""
        await acknowledged(self._acts.home.open(self.id, "messages"))

    async def clicks_home(self, label: str) -> None:
        """Click the button, or choose the option, that reads `label` on the Home tab."""
        target = targeted(label, self.home.blocks, "The Home tab")
        await self._acts.home.click(self.id, target.ids, target.value)

    async def chooses_home(self, name: str, option: str) -> None:
        """Choose an option, person, conversation or date in the field whose placeholder, label or id is `name`."""
        block, element = element_named(name, self.home.blocks, "The Home tab")
        value = value_of(self._hub, self.id, element, option)
        await self._acts.home.click(self.id, (block["block_id"], element["action_id"]), value)

    async def uses_shortcut(self, name: str, channel: str = "") -> None:
        """Use the global shortcut that reads `name`, while looking at the channel with this id, if any."""
        await self._acts.global_shortcut(self.id, name, channel)

    async def takes_prompt(self, title: str) -> None:
        """Send the message of a prompt of the Messages tab."""
        for prompt in self._hub.prompts_of(self.id)["prompts"]:
            if prompt["title"] == title:
                _, deliveries = self._acts.say(self.id, self._hub.state.im_of(self.id).id, prompt["message"])
                await acknowledged(deliveries)
                return
        raise ActRefused(f"There is no prompt {title!r}, but: {', '.join(self.prompts) or 'none'}.")


async def acknowledged(deliveries: list[Delivery]) -> None:
    """Wait for the first attempts; raises NotAcknowledged for the first one that failed."""
    for delivery in deliveries:
        failure = await delivery
        if failure is not None:
            raise failure
