// A square with initials: decoration beside a name that stands in words.

import { el } from "./dom.js";

const COLOUR = /^#?([0-9a-f]{6})$/i;

/** `who`: {initials, color, isBot?}. */
export function avatar(who) {
  const node = el(
    "span",
    { class: who.isBot ? "avatar bot" : "avatar", "aria-hidden": "true" },
    who.isBot ? "∿" : who.initials,
  );
  const colour = COLOUR.exec(who.color ?? "")?.[1];
  if (colour) {
    node.style.backgroundColor = `#${colour}`;
    node.style.color = isLight(colour) ? "#16202a" : "#ffffff";
  }
  return node;
}

// Relative luminance, roughly, against the middle at which black and white read equally well.
function isLight(hex) {
  const [red, green, blue] = [0, 2, 4].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2;
}
