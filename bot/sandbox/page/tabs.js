// The tabs of the app's own place: Home, and Messages, which is the direct message with it.

import { el } from "./dom.js";
import { dmOf, HOME, state } from "./state.js";

/** Links to the tabs there are, in a landmark of their own; nothing where there is only one. */
export function drawTabs() {
  if (!state.tabs.home || !state.tabs.messages) return [];
  const tab = (address, name) =>
    el("a", { href: `#${address}`, "aria-current": state.channel === address ? "page" : null }, name);
  return [
    el(
      "nav",
      { class: "tabs", "aria-label": `Tabs of ${state.bot.name}` },
      tab(HOME, "Home"),
      tab(dmOf()?.id ?? "", "Messages"),
    ),
  ];
}
