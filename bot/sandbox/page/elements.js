// Interactive elements that are buttons or typed fields, and the table of all elements. Selects and boxes:
// choices.js.
//
// Every drawing function takes (element, where); `where` is
//   {blockId, site, dispatch, optional, labelId}: site.press(blockId, actionId, selected?) tells the
// workspace and resolves when
//   it has answered; dispatch: a change is an action at once; labelId: the id of the element that names the
// field, if any.

import { agreed } from "./confirm.js";
import { drawBoxes, drawMultiSelect, drawSelect } from "./choices.js";
import { el, whilePressed } from "./dom.js";
import { holdsValue } from "./fields.js";
import { follow } from "./links.js";
import { menuButton } from "./menu.js";
import { plain } from "./text-objects.js";

const DRAW = {
  button: drawButton,
  overflow: drawOverflow,
  plain_text_input: drawTextInput,
  number_input: (element, where) =>
    drawInput(element, where, {
      type: "number",
      min: element.min_value,
      max: element.max_value,
      step: element.is_decimal_allowed ? "any" : 1,
    }),
  email_text_input: (element, where) => drawInput(element, where, { type: "email" }),
  url_text_input: (element, where) => drawInput(element, where, { type: "url" }),
  datepicker: (element, where) => drawInput(element, where, { type: "date" }, "initial_date"),
  timepicker: (element, where) => drawInput(element, where, { type: "time" }, "initial_time"),
  radio_buttons: drawBoxes,
  checkboxes: drawBoxes,
  static_select: drawSelect,
  users_select: drawSelect,
  conversations_select: drawSelect,
  channels_select: drawSelect,
  multi_static_select: drawMultiSelect,
  multi_users_select: drawMultiSelect,
  multi_conversations_select: drawMultiSelect,
  multi_channels_select: drawMultiSelect,
};

/** An element of a block as a node; a visible placeholder for one that the page does not know. */
export function drawElement(element, where) {
  if (!Object.hasOwn(DRAW, element.type))
    return el("span", { class: "unknown" }, `[element type ${element.type} is not drawn here]`);
  const node = DRAW[element.type](element, where);
  node.dataset.actionId = element.action_id ?? "";
  return node;
}

function drawButton(element, where) {
  const press = async () => {
    if (element.confirm && !(await agreed(element.confirm))) return;
    if (element.url) follow(element.url);
    await whilePressed(node, () => where.site.press(where.blockId, element.action_id));
  };
  const node = el(
    "button",
    {
      type: "button",
      class: `button ${element.style ?? ""}`,
      "aria-label": element.accessibility_label,
      data: { value: element.value ?? "" },
      onclick: press,
    },
    plain(element.text),
  );
  return node;
}

function drawOverflow(element, where) {
  const items = element.options.map((option) => ({
    label: plain(option.text),
    detail: plain(option.description),
    data: { value: option.value ?? "" },
    choose: async () => {
      if (element.confirm && !(await agreed(element.confirm))) return;
      if (option.url) follow(option.url);
      await where.site.press(where.blockId, element.action_id, option.value);
    },
  }));
  return menuButton("More options", items);
}

function drawTextInput(element, where) {
  if (!element.multiline)
    return drawInput(element, where, {
      type: "text",
      maxlength: element.max_length,
      minlength: element.min_length,
    });
  const node = el("textarea", {
    rows: 4,
    maxlength: element.max_length,
    minlength: element.min_length,
    ...common(element, where),
  });
  return asField(node, element, where, element.initial_value);
}

function drawInput(element, where, attributes, initialKey = "initial_value") {
  const node = el("input", { ...attributes, autocomplete: "off", ...common(element, where) });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !where.dispatch) return;
    event.preventDefault();
    node.blur(); // a change is told once, by the change event
  });
  return asField(node, element, where, element[initialKey]);
}

function common(element, where) {
  const placeholder = plain(element.placeholder);
  return {
    placeholder: placeholder || null,
    "aria-labelledby": where.labelId,
    "aria-label": where.labelId ? null : placeholder || element.action_id,
  };
}

function asField(node, element, where, initial) {
  node.value = initial ?? "";
  if (where.dispatch)
    node.addEventListener("change", () => where.site.press(where.blockId, element.action_id, node.value));
  return holdsValue(node, {
    blockId: where.blockId,
    actionId: element.action_id,
    initial: initial ?? null,
    read: () => (node.value === "" ? null : node.value),
    write: (value) => {
      node.value = value ?? "";
    },
  });
}
