// A button that opens a list of actions. A native popover: never clipped, closed by Esc or a click elsewhere.

import { el, freshId, icon, whilePressed } from "./dom.js";

/**
 * `items`: [{label, detail?, danger?, choose()}]; `sign` is the icon. Returns the button, with its list inside a
 * wrapper.
 */
export function menuButton(label, items, { className = "", sign = "more" } = {}) {
  const id = freshId("menu");
  const button = el(
    "button",
    {
      type: "button",
      class: `button more ${className}`,
      "aria-label": label,
      "aria-haspopup": "menu",
      popovertarget: id,
    },
    icon(sign),
  );
  const list = el("div", { id, popover: "auto", role: "menu", class: "menu", "aria-label": label });
  for (const item of items) list.append(drawItem(item, list, button));
  // The press opens the list itself, so that it is placed before it is painted; `popovertarget` stays for
  // what it tells the browser.
  button.addEventListener("click", (event) => {
    event.preventDefault();
    list.togglePopover();
    if (list.matches(":popover-open")) place(list, button);
  });
  list.addEventListener("toggle", (event) =>
    button.setAttribute("aria-expanded", String(event.newState === "open")),
  );
  list.addEventListener("keydown", (event) => moveFocus(event, list));
  return el("span", { class: "menu-holder" }, button, list);
}

function drawItem(item, list, button) {
  const choose = () => {
    list.hidePopover();
    button.focus();
    void whilePressed(button, async () => item.choose());
  };
  const detail = item.detail ? el("small", {}, item.detail) : null;
  return el(
    "button",
    {
      type: "button",
      role: "menuitem",
      tabindex: -1,
      class: item.danger ? "danger" : null,
      data: item.data ?? {},
      onclick: choose,
    },
    item.label,
    detail,
  );
}

function place(list, button) {
  const at = button.getBoundingClientRect();
  const wanted = at.left < innerWidth / 2 ? at.left : at.right - list.offsetWidth;
  const left = Math.max(8, Math.min(wanted, innerWidth - list.offsetWidth - 8));
  const below = at.bottom + 4 + list.offsetHeight < innerHeight;
  list.style.left = `${left}px`;
  list.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - list.offsetHeight)}px`;
  list.querySelector("button")?.focus();
}

function moveFocus(event, list) {
  const items = [...list.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[
    event.key
  ];
  if (event.key === "Escape") event.stopPropagation();
  if (event.key === "Tab") list.hidePopover();
  if (next === undefined) return;
  event.preventDefault();
  items[next % items.length].focus();
}
