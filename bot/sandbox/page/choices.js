// Elements that choose among options: selects, lists to tick, radio buttons and checkboxes. All of them
// native inputs.

import { el, freshId } from "./dom.js";
import { holdsValue } from "./fields.js";
import { plain } from "./text-objects.js";

const option = (value, label, description = "") => ({ value, label, description });
const fromSlack = (one) => option(one.value, plain(one.text), plain(one.description));

/** Groups of options, [{label, options}]; one nameless group where the element has no groups. */
function groupsOf(element, site) {
  if (element.type.includes("users"))
    return [{ label: "", options: site.names.people().map(({ id, name }) => option(id, name)) }];
  if (/conversations|channels/.test(element.type)) {
    const fits = /channels/.test(element.type) ? ({ kind }) => kind === "channel" : fitting(element.filter);
    const found = site.names.conversations().filter(fits);
    return [{ label: "", options: found.map(({ id, name }) => option(id, name)) }];
  }
  if (element.option_groups)
    return element.option_groups.map((group) => ({
      label: plain(group.label),
      options: group.options.map(fromSlack),
    }));
  return [{ label: "", options: (element.options ?? []).map(fromSlack) }];
}

const INCLUDED = { channel: "public", private: "private", im: "im" };

// Every direct message here is one with a bot.
function fitting({ include = Object.values(INCLUDED), exclude_bot_users: noBots = false } = {}) {
  return ({ kind }) => include.includes(INCLUDED[kind]) && !(noBots && kind === "im");
}

function initialOf(element) {
  const one =
    element.initial_option?.value ??
    element.initial_user ??
    element.initial_conversation ??
    element.initial_channel;
  const many =
    element.initial_options?.map(({ value }) => value) ??
    element.initial_users ??
    element.initial_conversations ??
    element.initial_channels;
  return { one: one ?? null, many: many ?? [] };
}

const labelled = (element, where) => ({
  "aria-labelledby": where.labelId,
  "aria-label": where.labelId ? null : plain(element.placeholder) || element.action_id,
});

/**
 * One choice among many: a native select. A blank line stands first unless a choice is made and must stay
 * made.
 */
export function drawSelect(element, where) {
  const initial = initialOf(element).one;
  const node = el("select", labelled(element, where));
  if (where.optional || initial === null)
    node.append(el("option", { value: "" }, plain(element.placeholder) || "Choose ..."));
  for (const group of groupsOf(element, where.site)) {
    const options = group.options.map(({ value, label, description }) =>
      el("option", { value, title: description || null }, label),
    );
    node.append(...(group.label ? [el("optgroup", { label: group.label }, options)] : options));
  }
  node.value = initial ?? "";
  if (where.dispatch)
    node.addEventListener(
      "change",
      () => node.value && where.site.press(where.blockId, element.action_id, node.value),
    );
  const write = (value) => {
    node.value = value ?? "";
  };
  return holdsValue(node, {
    blockId: where.blockId,
    actionId: element.action_id,
    initial,
    read: () => node.value || null,
    write,
  });
}

/** Several choices among many: ticks in a fold that says what is chosen. */
export function drawMultiSelect(element, where) {
  const { many } = initialOf(element);
  const boxes = groupsOf(element, where.site).flatMap((group) => [
    ...(group.label ? [el("p", { class: "group" }, group.label)] : []),
    ...group.options.map((one) => drawBox("checkbox", one, freshId("group"), many.includes(one.value))),
  ]);
  const summary = el("summary", {});
  const node = el(
    "details",
    { class: "multi", role: "group", ...labelled(element, where) },
    summary,
    el("div", { class: "boxes" }, boxes),
  );
  const say = () => {
    const chosen = ticked(node).map((box) => box.dataset.label);
    summary.textContent = chosen.length ? chosen.join(", ") : plain(element.placeholder) || "Choose ...";
    limitTo(node, element.max_selected_items ?? Infinity);
  };
  say();
  return asChoices(node, element, where, many, say);
}

/** Radio buttons (one value) or checkboxes (a list of values). */
export function drawBoxes(element, where) {
  const { one, many } = initialOf(element);
  const isRadio = element.type === "radio_buttons";
  const group = freshId("choice");
  const isChosen = ({ value }) => (isRadio ? value === one : many.includes(value));
  const boxes = (element.options ?? [])
    .map(fromSlack)
    .map((each) => drawBox(isRadio ? "radio" : "checkbox", each, group, isChosen(each)));
  const node = el(
    "div",
    { class: "boxes", role: isRadio ? "radiogroup" : "group", ...labelled(element, where) },
    boxes,
  );
  return asChoices(node, element, where, isRadio ? one : many);
}

function drawBox(type, { value, label, description }, group, checked) {
  const box = el("input", { type, name: group, value, data: { label } });
  box.checked = checked;
  return el(
    "label",
    { class: "box" },
    box,
    el("span", {}, label, description ? el("small", {}, description) : null),
  );
}

const ticked = (node) => [...node.querySelectorAll("input:checked")];

function limitTo(node, most) {
  const full = ticked(node).length >= most;
  for (const box of node.querySelectorAll("input")) box.disabled = full && !box.checked;
}

function asChoices(node, element, where, initial, changed = () => {}) {
  const isRadio = element.type === "radio_buttons";
  const read = () => {
    const values = ticked(node).map((box) => box.value);
    return isRadio ? (values[0] ?? null) : values;
  };
  const write = (value) => {
    for (const box of node.querySelectorAll("input"))
      box.checked = isRadio ? box.value === value : (value ?? []).includes(box.value);
    changed();
  };
  node.addEventListener("change", (event) => {
    event.stopPropagation();
    changed();
    if (where.dispatch) void where.site.press(where.blockId, element.action_id, read());
  });
  return holdsValue(node, { blockId: where.blockId, actionId: element.action_id, initial, read, write });
}
