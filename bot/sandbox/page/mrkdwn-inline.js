// The pieces inside one line of mrkdwn: emphasis, code, links, mentions, dates, emoji.

import { slackDate } from "./dates.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";
import { live } from "./live.js";

// Emphasis never begins or ends inside a word; it spans at most 2,000 characters, so that long lines stay quick.
// An address ends before an escaped bracket and before the punctuation that follows it.
const PIECES = [
  /<([^<>\n]+)>/, // <@U1>, <#C1>, <!date...>, <address|label>
  /`([^`\n]+)`/,
  /(?<![\p{L}\p{N}])(?<mark>[*_~])(?=\S)([^\n]{0,2000}?\S)\k<mark>(?![\p{L}\p{N}])/u,
  /:([a-z0-9_+-]+):/,
  /(https?:\/\/(?:&amp;|[^\s<>&|])*(?:&amp;|[^\s<>&|.,;:!?)'"]))/,
];
const PIECE = new RegExp(PIECES.map(({ source }) => source).join("|"), "gu");
const EMPHASIS = { "*": "strong", _: "em", "~": "s" };
const BROADCASTS = new Set(["here", "channel", "everyone"]);

/** Slack escapes three characters, no more. */
export const decode = (text) =>
  text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);

/** One line as a list of nodes and strings. */
export function inline(text, names) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(PIECE)) {
    nodes.push(decode(text.slice(end, found.index)), drawPiece(found, names));
    end = found.index + found[0].length;
  }
  nodes.push(decode(text.slice(end)));
  return nodes.filter((node) => node !== "");
}

function drawPiece([whole, special, code, mark, inner, emojiName, address], names) {
  if (special !== undefined) return drawSpecial(special, names);
  if (code !== undefined) return el("code", {}, decode(code));
  if (mark !== undefined) return el(EMPHASIS[mark], {}, inline(inner, names));
  if (emojiName !== undefined) return emoji(emojiName) ?? whole;
  return link(decode(address), decode(address));
}

function drawSpecial(special, names) {
  const [target, ...rest] = special.split("|");
  const label = rest.join("|");
  if (target[0] === "@")
    return mention(
      `@${names.person(target.slice(1)) ?? (label || target.slice(1))}`,
      names.isMe(target.slice(1)),
    );
  if (target[0] === "#") return drawChannel(target.slice(1), label, names);
  if (target[0] === "!") return drawCommand(target.slice(1), label);
  if (/^(https?:|mailto:)/i.test(target))
    return link(decode(target), label ? inline(label, names) : decode(target));
  return decode(`<${special}>`);
}

const mention = (text, isMe = false) => el("span", { class: isMe ? "mention me" : "mention" }, text);

function drawChannel(id, label, names) {
  const name = names.channel(id);
  return name === undefined
    ? mention(`#${label || id}`)
    : el("a", { class: "mention", href: `#${id}` }, `#${name}`);
}

function drawCommand(command, label) {
  if (command.startsWith("date^")) {
    const [, seconds, pattern = "", address] = command.split("^");
    const shown = live(el("time"), () => slackDate(seconds, decode(pattern), decode(label)));
    return address ? link(decode(address), shown) : shown;
  }
  if (BROADCASTS.has(command)) return mention(`@${command}`);
  return mention(decode(label || command.split("^")[0]));
}
