// Slack's mrkdwn as DOM nodes: paragraphs, quotes, bullets and code blocks made of inline pieces.

import { el } from "./dom.js";
import { decode, inline } from "./mrkdwn-inline.js";

const QUOTE = /^(?:>|&gt;) ?/;
const REST_QUOTED = /^(?:>>>|&gt;&gt;&gt;) ?/;
const BULLET = /^\s*[•◦▪] /;

/** `text` in mrkdwn as one `<div class="text">`; `names` tells how ids read (see state.js). */
export function mrkdwn(text, names) {
  const box = el("div", { class: "text" });
  const parts = text.split("```");
  parts.forEach((part, index) => {
    const fenced = index % 2 === 1 && index < parts.length - 1;
    if (fenced) box.append(el("pre", {}, decode(part.replace(/^\n|\n$/g, ""))));
    else appendLines(box, trimmed(index % 2 === 1 ? "```" + part : part, index, parts.length), names);
  });
  return box;
}

// A code block stands on its own lines: the line breaks beside it are not blank lines.
function trimmed(part, index, count) {
  return part.replace(index > 0 ? /^\n/ : "", "").replace(index < count - 1 ? /\n$/ : "", "");
}

function appendLines(box, text, names) {
  if (text === "") return;
  let run = { kind: "", lines: [] };
  const flush = () => {
    if (run.lines.length) box.append(drawRun(run, names));
    run = { kind: "", lines: [] };
  };
  let quoteRest = false;
  for (const line of text.split("\n")) {
    quoteRest ||= REST_QUOTED.test(line);
    const kind = kindOf(line, quoteRest);
    if (kind !== run.kind) flush();
    if (kind === "blank") continue;
    run.kind = kind;
    run.lines.push(bare(line, kind));
  }
  flush();
}

function kindOf(line, quoteRest) {
  if (quoteRest || QUOTE.test(line)) return "quote";
  if (BULLET.test(line)) return "bullet";
  return line.trim() === "" ? "blank" : "plain";
}

function bare(line, kind) {
  if (kind === "quote") return line.replace(REST_QUOTED, "").replace(QUOTE, "");
  return kind === "bullet" ? line.replace(BULLET, "") : line;
}

function drawRun({ kind, lines }, names) {
  if (kind === "bullet")
    return el(
      "ul",
      {},
      lines.map((line) => el("li", {}, inline(line, names))),
    );
  return el(kind === "quote" ? "blockquote" : "p", {}, withBreaks(lines, names));
}

const withBreaks = (lines, names) =>
  lines.flatMap((line, index) => (index ? [el("br"), ...inline(line, names)] : inline(line, names)));
