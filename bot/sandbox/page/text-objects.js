// Slack's text objects, and words for a place where only a string fits.

import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** The words of a plain_text object (or undefined), as a string. */
export const plain = (object) => (object?.emoji === false ? object.text : withEmoji(object?.text ?? ""));

/** A text object as a node. */
export function drawText(object, names) {
  if (object?.type === "mrkdwn") return mrkdwn(object.text, names);
  return el("div", { class: "text plain" }, plain(object));
}
