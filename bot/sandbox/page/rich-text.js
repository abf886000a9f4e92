// rich_text blocks: sections, lists, quotes and code made of styled runs.

import { slackDate } from "./dates.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";
import { live } from "./live.js";

const STYLES = [
  ["code", "code"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
];

/** The block as one `<div class="text">`. */
export const drawRichText = (block, names) =>
  el(
    "div",
    { class: "text rich" },
    (block.elements ?? []).map((part) => drawPart(part, names)),
  );

function drawPart(part, names) {
  const runs = () => (part.elements ?? []).map((run) => drawRun(run, names));
  if (part.type === "rich_text_section") return el("p", {}, runs());
  if (part.type === "rich_text_quote") return el("blockquote", {}, runs());
  if (part.type === "rich_text_preformatted") return el("pre", {}, runs());
  if (part.type === "rich_text_list") return drawList(part, names);
  return el("p", { class: "unknown" }, `[${part.type} is not drawn here]`);
}

function drawList(part, names) {
  const items = (part.elements ?? []).map((item) =>
    el(
      "li",
      {},
      (item.elements ?? []).map((run) => drawRun(run, names)),
    ),
  );
  const tag = part.style === "ordered" ? "ol" : "ul";
  return el(
    tag,
    { class: `indent-${Math.min(part.indent ?? 0, 6)}`, start: part.offset ? part.offset + 1 : null },
    items,
  );
}

function drawRun(run, names) {
  let node = contentOf(run, names);
  for (const [style, tag] of STYLES) if (run.style?.[style]) node = el(tag, {}, node);
  return node;
}

function contentOf(run, names) {
  switch (run.type) {
    case "text":
      return el("span", { class: "run" }, run.text);
    case "link":
      return link(run.url, run.text ?? run.url);
    case "user":
      return el("span", { class: "mention" }, `@${names.person(run.user_id) ?? run.user_id}`);
    case "channel":
      return el(
        "a",
        { class: "mention", href: `#${run.channel_id}` },
        `#${names.channel(run.channel_id) ?? run.channel_id}`,
      );
    case "usergroup":
      return el("span", { class: "mention" }, `@${run.usergroup_id}`);
    case "broadcast":
      return el("span", { class: "mention" }, `@${run.range}`);
    case "emoji":
      return emoji(run.name) ?? `:${run.name}:`;
    case "date":
      return live(el("time"), () => slackDate(run.timestamp, run.format, run.fallback ?? ""));
    case "color":
      return el("code", {}, run.value);
    default:
      return `[${run.type} is not drawn here]`;
  }
}
