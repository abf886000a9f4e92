// The menu of one message: what its author may do with it, and the app's shortcuts.

import { act } from "./connection.js";
import { menuButton } from "./menu.js";
import { reported } from "./notices.js";
import { removeOwn, startEditing } from "./own-messages.js";
import { state } from "./state.js";

/** A button with its list, or nothing where there is nothing to choose. */
export function drawMenu(message, channel, article) {
  const shortcuts = state.shortcuts.map((shortcut) => shortcutItem(shortcut, message, channel));
  if (message.user === state.me && !message.bot_id) {
    const items = [
      { label: "Edit", choose: () => startEditing(message, channel, article) },
      ...shortcuts,
      { label: "Delete", danger: true, choose: () => removeOwn(message, channel) },
    ];
    return [menuButton("Your message", items)];
  }
  return shortcuts.length ? [menuButton("More actions", shortcuts)] : [];
}

function shortcutItem({ name, description }, message, channel) {
  const choose = async () => reported(await act("shortcut", { channel, ts: message.ts, name }));
  return { label: name, detail: description, choose };
}
