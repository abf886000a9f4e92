// Fields: elements that hold a value. Each is known by block and action, can be read, and can be filled
// again.

const known = new WeakMap();

/**
 * `field`: {blockId, actionId, initial, read(), write(value)}; values are text, an option's value, a list of
 * them, or null.
 */
export function holdsValue(node, field) {
  node.dataset.field = field.actionId;
  known.set(node, field);
  return node;
}

const fieldsIn = (root) => [...root.querySelectorAll("[data-field]")].map((node) => known.get(node));
const placeOf = ({ blockId, actionId }) => JSON.stringify([blockId, actionId]);

/** All values under `root`, as {block_id: {action_id: value}}. */
export function valuesIn(root) {
  const values = {};
  for (const field of fieldsIn(root)) (values[field.blockId] ??= {})[field.actionId] = field.read();
  return values;
}

/** What a person has entered under `root`: place -> {initial, value}. */
export function enteredIn(root) {
  return new Map(
    fieldsIn(root).map((field) => [
      placeOf(field),
      { initial: JSON.stringify(field.initial), value: field.read() },
    ]),
  );
}

/**
 * Fill in again what was entered, wherever the same field is still there and still starts from the same
 * value.
 */
export function enterAgain(root, entered) {
  for (const field of fieldsIn(root)) {
    const before = entered.get(placeOf(field));
    if (before && before.initial === JSON.stringify(field.initial)) field.write(before.value);
  }
}

/** Fill in what the workspace knows to be entered: `values` is Slack's `state.values` of a view. */
export function fillIn(root, values) {
  for (const field of fieldsIn(root)) {
    const entry = values[field.blockId]?.[field.actionId];
    if (entry) field.write(entered(entry));
  }
}

function entered({ selected_option: one, selected_options: many, type, ...rest }) {
  if (many) return many.map(({ value }) => value);
  if (one !== undefined) return one?.value ?? null;
  return Object.values(rest)[0] ?? null;
}
