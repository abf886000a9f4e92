// The open modal: a native dialog drawn from Slack's view object.

import { drawBlocks, showErrors } from "./blocks.js";
import { act } from "./connection.js";
import { el, freshId, icon, whilePressed } from "./dom.js";
import { enterAgain, enteredIn, valuesIn } from "./fields.js";
import { notice, reported } from "./notices.js";
import { names } from "./state.js";
import { plain } from "./text-objects.js";

const MISSING = "Please fill this in.";

let view = null;
let dialog = null;
const drafts = new Map(); // view id -> what was entered, for the views below the top one
const closedHere = new Set(); // ids of views the person closed: a late update must not bring them back

/** Show the view that the workspace says is open (null: none). */
export function showView(next) {
  if (next && closedHere.has(next.id)) return;
  if (!next) return close();
  if (dialog) drafts.set(view.id, enteredIn(dialog));
  const entered = drafts.get(next.id) ?? new Map();
  const sameView = view?.id === next.id;
  view = next;
  if (!dialog) dialog = openDialog();
  const body = dialog.querySelector(".body");
  const scrolled = sameView ? (body?.scrollTop ?? 0) : 0;
  const focused = sameView ? placeOfFocus() : null;
  dialog.replaceChildren(...drawView());
  enterAgain(dialog, entered);
  dialog.querySelector(".body").scrollTop = scrolled;
  setFocus(focused);
  return undefined;
}

/** Show the bot's errors, {block_id: text}, in the view they are about. */
export function showViewErrors(viewId, errors) {
  if (view?.id !== viewId) return;
  for (const text of showErrors(dialog, errors)) notice(text);
}

function openDialog() {
  const node = el("dialog", { class: "modal" });
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    dismissView();
  });
  document.body.append(node);
  node.showModal();
  return node;
}

function close() {
  if (!dialog) return;
  drafts.clear();
  dialog.close();
  dialog.remove();
  dialog = null;
  view = null;
}

function dismissView() {
  const { id } = view;
  closedHere.add(id);
  close();
  void act("close", { view_id: id }).then(reported);
}

function drawView() {
  const titleId = freshId("title");
  dialog.setAttribute("aria-labelledby", titleId);
  const form = el(
    "form",
    { novalidate: true, onsubmit: submit },
    el("div", { class: "body" }, drawBlocks(view.blocks ?? [], site(view.id))),
    el("div", { class: "notices", role: "status" }),
    el(
      "div",
      { class: "foot" },
      el(
        "button",
        { type: "button", class: "button", onclick: dismissView },
        plain(view.close) || (view.submit ? "Cancel" : "Close"),
      ),
      view.submit ? el("button", { type: "submit", class: "button primary" }, plain(view.submit)) : null,
    ),
  );
  // A pointer's way out; the keyboard has Esc and the button at the foot.
  const cross = el(
    "button",
    { type: "button", class: "quiet", tabindex: -1, "aria-hidden": "true", onclick: dismissView },
    icon("close"),
  );
  return [el("header", {}, el("h2", { id: titleId }, plain(view.title)), cross), form];
}

const site = (viewId) => ({
  names,
  press: async (blockId, actionId, selected) =>
    reported(
      await act("click", {
        view_id: viewId,
        block_id: blockId,
        action_id: actionId,
        selected,
        values: dialog ? valuesIn(dialog) : {},
      }),
    ),
});

async function submit(event) {
  event.preventDefault();
  const values = valuesIn(dialog);
  const missing = missingIn(values);
  showErrors(dialog, missing);
  if (Object.keys(missing).length) return;
  await whilePressed(dialog.querySelector("[type=submit]"), async () =>
    reported(await act("submit", { view_id: view.id, values })),
  );
}

function missingIn(values) {
  const missing = {};
  for (const block of view.blocks ?? []) {
    const value = block.type === "input" ? values[block.block_id]?.[block.element.action_id] : "";
    const blank = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    if (block.type === "input" && !block.optional && blank) missing[block.block_id] = MISSING;
  }
  return missing;
}

function placeOfFocus() {
  const block = document.activeElement?.closest("[data-block-id]");
  return block && dialog.contains(block) ? block.dataset.blockId : null;
}

function setFocus(blockId) {
  const wanted = (view.blocks ?? []).find((block) =>
    blockId ? block.block_id === blockId : block.element?.focus_on_load,
  );
  const within = wanted && dialog.querySelector(`[data-block-id="${CSS.escape(wanted.block_id ?? "")}"]`);
  const field = "input, select, textarea, summary";
  const target =
    within?.querySelector(`${field}, button`) ??
    dialog.querySelector(`.body :is(${field})`) ??
    dialog.querySelector(".foot button:last-child");
  target?.focus({ preventScroll: Boolean(blockId) });
}
