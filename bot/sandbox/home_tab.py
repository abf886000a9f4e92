"""The app's own place: people open its Home and Messages tabs and act on the view it published for them."""

from typing import Literal

from bot.sandbox.element_values import Entered
from bot.sandbox.entering import Entries, enter
from bot.sandbox.errors import ActRefused
from bot.sandbox.events import Delivery
from bot.sandbox.hub import Hub
from bot.sandbox.payload import Payload, copied
from bot.sandbox.view_clicks import clicked

Tab = Literal["home", "messages"]


class HomeTab:
    """The app's tabs as a person uses them. Each method raises ActRefused with a sentence for the person."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def open(self, person: str, tab: Tab) -> list[Delivery]:
        """Open one of the tabs; gives the deliveries of what the app hears of it."""
        hub, view = self._hub, self._hub.state.homes.get(person)
        there = {"home": hub.manifest.home_tab, "messages": hub.manifest.messages_tab}
        if not there.get(tab):
            raise ActRefused(f"This app has no tab {tab!r}.")
        stamp, channel = hub.stamps.next(), hub.state.im_of(person).id
        event: Payload = {"type": "app_home_opened", "user": person, "channel": channel, "tab": tab, "event_ts": stamp}
        if tab == "home" and view is not None:
            event["view"] = copied(view)
        if tab == "messages" and hub.manifest.agent is not None:
            event["context"] = {"entities": []}
        with hub.events.collected() as deliveries:
            hub.events.emit("app_home_opened", event)
        return deliveries

    def is_shown(self, person: str, view_id: str) -> bool:
        """Tell whether this is the view of the person's Home tab."""
        view = self._hub.state.homes.get(person)
        return view is not None and view["id"] == view_id

    def enter(self, person: str, entries: Entries) -> None:
        """Fill in fields of the Home tab without sending anything."""
        enter(self._hub.state, person, self._view(person), entries)

    async def click(self, person: str, ids: tuple[str, str], selected: Entered = None) -> None:
        """Click a button or choose an option; fields in input blocks tell the app only if they dispatch actions."""
        click = clicked(self._hub, person, self._view(person), ids, selected)
        if click is None:
            return
        if not self._hub.manifest.interactivity:
            raise ActRefused("This app is not configured to handle clicks.")
        await self._hub.link.deliver("interactive", click)

    def _view(self, person: str) -> Payload:
        view = self._hub.state.homes.get(person)
        if view is None:
            raise ActRefused("The app has put nothing on this Home tab yet.")
        return view
