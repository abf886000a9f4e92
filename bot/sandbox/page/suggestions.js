// Suggestions above a text field: commands after "/", people after "@". A listbox steered from the field.

import { el, freshId } from "./dom.js";
import { withEmoji } from "./emoji.js";

const MENTION = /(^|[\s(])@([\p{L}\p{N}._-]*)$/u;

export class Suggestions {
  /** `sources`: {commands(): [{command, usage_hint, description}], people(): [{name, detail}]}. */
  constructor(field, sources) {
    this.field = field;
    this.sources = sources;
    this.items = [];
    this.at = 0;
    this.list = el("ul", {
      id: freshId("suggestions"),
      role: "listbox",
      class: "suggestions",
      "aria-label": "Suggestions",
      hidden: true,
    });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-haspopup", "listbox");
    field.addEventListener("input", () => this.refresh());
    field.addEventListener("click", () => this.refresh());
    field.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return this.items.length > 0;
  }

  /** Look again at what stands before the cursor. */
  refresh() {
    this.items = this.#matching(this.field.value.slice(0, this.field.selectionStart));
    this.at = 0;
    this.#draw();
  }

  close() {
    this.items = [];
    this.#draw();
  }

  /** Handle a key; true if it was meant for the list. */
  take(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.items.length) % this.items.length;
    else if (event.key === "Escape") this.items = [];
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      const chosen = this.items[this.at];
      // Enter on a command that is already complete sends it.
      if (event.key === "Enter" && chosen.isCommand && this.field.value === chosen.label) return false;
      return this.#accept(chosen);
    } else return false;
    this.#draw();
    return true;
  }

  #matching(before) {
    if (/^\/\S*$/.test(before)) {
      const commands = this.sources
        .commands()
        .filter(({ command }) => command.startsWith(before.toLowerCase()));
      return commands.map(({ command, usage_hint: hint, description }) => ({
        label: command,
        hint,
        detail: description,
        from: 0,
        isCommand: true,
      }));
    }
    const found = MENTION.exec(before);
    if (!found) return [];
    const wanted = found[2].toLowerCase();
    const people = this.sources.people().filter(({ name }) =>
      name
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(wanted)),
    );
    return people
      .slice(0, 8)
      .map(({ name, detail }) => ({ label: `@${name}`, detail, from: before.length - wanted.length - 1 }));
  }

  #accept({ label, from }) {
    const { field } = this;
    field.setRangeText(`${label} `, from, field.selectionStart, "end");
    this.close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  #draw() {
    const open = this.isOpen;
    this.list.hidden = !open;
    this.list.replaceChildren(...this.items.map((item, index) => this.#drawItem(item, index)));
    if (open) this.field.setAttribute("aria-activedescendant", this.list.children[this.at].id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #drawItem(item, index) {
    // mousedown, and no default: the field keeps the focus and the list stays until the choice is made.
    const choose = (event) => {
      event.preventDefault();
      this.#accept(item);
    };
    return el(
      "li",
      {
        id: `${this.list.id}-${index}`,
        role: "option",
        "aria-selected": String(index === this.at),
        onmousedown: choose,
      },
      el("strong", {}, item.label),
      item.hint ? el("code", {}, item.hint) : null,
      item.detail ? el("small", {}, withEmoji(item.detail)) : null,
    );
  }
}
