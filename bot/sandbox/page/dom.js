// Building DOM nodes. Text always becomes text nodes: nothing on this page is ever parsed as HTML.

let lastId = 0;

/**
 * Make an element. `attributes`: onclick-style functions, `data` (an object), booleans and plain values;
 * null and false are left out.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** An id that nothing else on the page has, for labels and descriptions. */
export function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

/** "1 reply", "2 replies". */
export function counted(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  lock: "M6 11V8a6 6 0 0 1 12 0v3 M5 11h14v9H5z",
  close: "M6 6l12 12 M18 6L6 18",
  more: "M5 12h.01 M12 12h.01 M19 12h.01",
  reply: "M4 5h16v11H10l-4 4v-4H4z",
  send: "M4 4l17 8-17 8 3-8z M7 12h8",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  file: "M6 3h8l5 5v13H6z M14 3v5h5",
  down: "M12 5v14 M6 13l6 6 6-6",
};

/** A small line drawing; decoration only, so it is hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/**
 * While `work` runs, `button` shows that it was pressed and ignores further presses; the focus stays where
 * it is.
 */
export async function whilePressed(button, work) {
  if (button.getAttribute("aria-disabled") === "true") return undefined;
  button.setAttribute("aria-disabled", "true");
  button.classList.add("pressed");
  try {
    return await work();
  } finally {
    button.removeAttribute("aria-disabled");
    button.classList.remove("pressed");
  }
}
