// The `markdown` block: the everyday part of standard Markdown (headings, lists, quotes, code, emphasis,
// links).

import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./links.js";

const PIECES = [
  /`([^`\n]+)`/,
  /\[([^\]\n]{1,500})\]\(([^\s()]{1,2000})\)/,
  /(?<twice>\*\*|__|~~)(?=\S)([^\n]{0,2000}?\S)\k<twice>/,
  /(?<![\p{L}\p{N}])(?<once>[*_])(?=\S)([^\n]{0,2000}?\S)\k<once>(?![\p{L}\p{N}])/u,
];
const PIECE = new RegExp(PIECES.map(({ source }) => source).join("|"), "gu");
const KINDS = [
  ["heading", /^(#{1,6}) +(.*)$/],
  ["rule", /^(?:-{3,}|\*{3,}|_{3,})\s*$/],
  ["ul", /^\s*[-*+] +(.*)$/],
  ["ol", /^\s*\d{1,9}[.)] +(.*)$/],
  ["blockquote", /^> ?(.*)$/],
  ["blank", /^\s*$/],
];

/** Markdown text as one `<div class="text">`. */
export function markdown(text) {
  const box = el("div", { class: "text" });
  let run = { kind: "", lines: [] };
  const flush = () => {
    if (run.lines.length) box.append(drawRun(run));
    run = { kind: "", lines: [] };
  };
  for (const line of text.split("\n")) {
    const fence = /^```/.test(line);
    const { kind, found } = run.kind === "pre" ? { kind: "pre" } : kindOf(line, fence);
    if (kind !== run.kind || kind === "heading") flush();
    if (fence && run.kind === "pre") flush();
    else if (kind !== "blank") run = { kind, lines: fence ? [""] : [...run.lines, { line, found }] };
  }
  flush();
  return box;
}

function kindOf(line, fence) {
  if (fence) return { kind: "pre" };
  for (const [kind, pattern] of KINDS) {
    const found = pattern.exec(line);
    if (found) return { kind, found };
  }
  return { kind: "p" };
}

function drawRun({ kind, lines }) {
  if (kind === "pre")
    return el(
      "pre",
      {},
      lines
        .slice(1)
        .map(({ line }) => line)
        .join("\n"),
    );
  if (kind === "rule") return el("hr");
  if (kind === "heading") return el("p", { class: "heading" }, inline(lines[0].found[2]));
  if (kind === "ul" || kind === "ol")
    return el(
      kind,
      {},
      lines.map(({ found }) => el("li", {}, inline(found[1]))),
    );
  const texts = lines.map(({ line, found }) => (found ? found[1] : line));
  return el(
    kind,
    {},
    texts.flatMap((line, index) => (index ? [el("br"), ...inline(line)] : inline(line))),
  );
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(PIECE)) {
    nodes.push(withEmoji(text.slice(end, found.index)), drawPiece(found));
    end = found.index + found[0].length;
  }
  nodes.push(withEmoji(text.slice(end)));
  return nodes;
}

function drawPiece([, code, label, address, mark, marked, single, singled]) {
  if (code !== undefined) return el("code", {}, code);
  if (label !== undefined) return link(address, inline(label));
  if (mark !== undefined) return el(mark === "~~" ? "s" : "strong", {}, inline(marked));
  return single === undefined ? "" : el("em", {}, inline(singled));
}
