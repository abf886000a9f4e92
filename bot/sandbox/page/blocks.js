// Block Kit as DOM nodes. A block that the page does not know, or that breaks, shows a placeholder instead
// of vanishing.

import { el, freshId } from "./dom.js";
import { drawElement } from "./elements.js";
import { safeUrl } from "./links.js";
import { markdown } from "./markdown.js";
import { drawRichText } from "./rich-text.js";
import { drawText, plain } from "./text-objects.js";

const DRAW = {
  header: (block) => el("p", { class: "headline", role: "heading", "aria-level": 3 }, plain(block.text)),
  divider: () => el("hr"),
  section: drawSection,
  context: drawContext,
  actions: (block, site) =>
    (block.elements ?? []).map((element) =>
      drawElement(element, { ...inBlock(block, site), dispatch: true }),
    ),
  image: drawImageBlock,
  input: drawInput,
  rich_text: (block, site) => drawRichText(block, site.names),
  markdown: (block) => markdown(block.text),
};

/** All blocks of a message or view. `site`: {press, names}, see elements.js. */
export const drawBlocks = (blocks, site) =>
  el(
    "div",
    { class: "blocks" },
    blocks.map((block) => drawBlock(block, site)),
  );

function drawBlock(block, site) {
  const node = el("div", {
    class: `block ${block.type}`,
    data: { blockId: block.block_id ?? "", blockType: block.type },
  });
  try {
    if (Object.hasOwn(DRAW, block.type)) node.append(...[DRAW[block.type](block, site)].flat());
    else node.append(el("p", { class: "unknown" }, `[block type ${block.type} is not drawn here]`));
  } catch (error) {
    console.error("block", block, error);
    node.replaceChildren(el("p", { class: "unknown" }, `[this ${block.type} block could not be drawn]`));
  }
  return node;
}

const inBlock = (block, site) => ({ blockId: block.block_id ?? "", site, optional: false, dispatch: false });

function drawSection(block, site) {
  const words = el("div", { class: "words" });
  if (block.text) words.append(drawText(block.text, site.names));
  if (block.fields)
    words.append(
      el(
        "div",
        { class: "fields" },
        block.fields.map((field) => drawText(field, site.names)),
      ),
    );
  if (!block.accessory) return words;
  const accessory =
    block.accessory.type === "image"
      ? drawPicture(block.accessory)
      : drawElement(block.accessory, { ...inBlock(block, site), dispatch: true });
  return [words, el("div", { class: "accessory" }, accessory)];
}

function drawContext(block, site) {
  return (block.elements ?? []).map((element) =>
    element.type === "image" ? drawPicture(element) : drawText(element, site.names),
  );
}

function drawImageBlock(block) {
  const title = block.title ? el("figcaption", {}, plain(block.title)) : null;
  return el("figure", {}, title, drawPicture(block));
}

// Pictures come from this workspace only: the page asks nothing of other hosts.
function drawPicture({ image_url: address, slack_file: file, alt_text: alt }) {
  const url = safeUrl(address ?? file?.url ?? "");
  if (url && url.origin === location.origin && (address ?? file?.url))
    return el("img", { src: url.href, alt, loading: "lazy" });
  return el("span", { class: "unknown" }, `[picture: ${alt}]`);
}

function drawInput(block, site) {
  const [labelId, hintId, errorId] = [freshId("label"), freshId("hint"), freshId("error")];
  const optional = block.optional === true;
  const where = { ...inBlock(block, site), optional, dispatch: block.dispatch_action === true, labelId };
  const field = drawElement(block.element, where);
  field.id ||= freshId("field");
  field.setAttribute("aria-describedby", `${hintId} ${errorId}`);
  const native = field.matches("input, select, textarea");
  const label = el(
    native ? "label" : "div",
    { id: labelId, class: "label", for: native ? field.id : null },
    plain(block.label),
  );
  return [
    optional ? el("div", { class: "labels" }, label, el("span", { class: "optional" }, "optional")) : label,
    field,
    el("p", { id: hintId, class: "hint" }, plain(block.hint)),
    el("p", { id: errorId, class: "error", role: "alert" }),
  ];
}

/**
 * Show what is wrong per block, {block_id: text}, and clear the rest; returns the texts that found no block.
 */
export function showErrors(root, errors) {
  const left = { ...errors };
  for (const block of root.querySelectorAll(".block.input")) {
    const text = errors[block.dataset.blockId] ?? "";
    delete left[block.dataset.blockId];
    block.querySelector(".error").textContent = text;
    block.querySelector("[data-field]")?.toggleAttribute("aria-invalid", text !== "");
  }
  root.querySelector(".block.input [aria-invalid]")?.focus();
  return Object.values(left);
}
