// Short sentences to the person: at the foot of the page, or inside the open dialog (everything behind a
// dialog is silent).

import { el, icon } from "./dom.js";

const STAYS = 9000; // milliseconds

/** Say `text` once, politely; it takes the place of an earlier one with the same `topic`. */
export function notice(text, topic = text) {
  const dialogs = document.querySelectorAll("dialog[open] .notices");
  const place = dialogs.length ? dialogs[dialogs.length - 1] : document.getElementById("notices");
  for (const old of place.children) if (old.dataset.topic === topic) old.remove();
  const close = el(
    "button",
    { type: "button", class: "quiet", "aria-label": "Dismiss notice", onclick: () => line.remove() },
    icon("close"),
  );
  const line = el("p", { class: "notice", data: { topic } }, el("span", {}, text), close);
  place.append(line);
  setTimeout(() => line.remove(), STAYS);
}

/** Say what went wrong with an act, if anything; returns whether it went well. */
export function reported(result) {
  if (!result.ok) notice(result.error ?? "That did not work.");
  return result.ok;
}
