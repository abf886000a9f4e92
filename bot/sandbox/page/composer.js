// The field to write in, under a channel and under a thread.

import { el, freshId, icon } from "./dom.js";
import { menuButton } from "./menu.js";
import { Suggestions } from "./suggestions.js";

const TALLEST = 220; // pixels

export class Composer {
  /**
   * `send(text, broadcast)` resolves to false if the text should come back; `inThread` adds "Also send to
   * the channel".
   */
  constructor({ send, sources, inThread = false }) {
    this.send = send;
    this.sources = sources;
    this.drafts = new Map();
    this.place = "";
    this.field = el("textarea", {
      id: freshId("composer"),
      rows: 1,
      autocomplete: "off",
      oninput: () => this.#changed(),
      onkeydown: (event) => this.#key(event),
    });
    this.suggestions = new Suggestions(this.field, sources);
    this.shortcuts = el("span", { hidden: true });
    this.hint = el("p", { class: "usage", role: "status", hidden: true });
    this.broadcast = inThread ? el("input", { type: "checkbox" }) : null;
    this.button = el(
      "button",
      { type: "submit", class: "button primary send", "aria-label": inThread ? "Send reply" : "Send" },
      icon("send"),
    );
    this.node = el(
      "form",
      { class: "composer", onsubmit: (event) => this.#submit(event) },
      this.suggestions.list,
      this.hint,
      el("div", { class: "entry" }, this.shortcuts, this.field, this.button),
      el(
        "div",
        { class: "below" },
        inThread
          ? el("label", { class: "box" }, this.broadcast, el("span", {}, "Also send to the channel"))
          : null,
        el("span", { class: "keys" }, "Enter sends, Shift + Enter starts a new line"),
      ),
    );
    this.#changed();
  }

  /** Write to another place; what was begun here is kept until one comes back. */
  moveTo(place, label, { disabled = false, placeholder = label } = {}) {
    if (place !== this.place) {
      this.drafts.set(this.place, this.field.value);
      this.field.value = this.drafts.get(place) ?? "";
      this.place = place;
    }
    this.field.setAttribute("aria-label", label);
    this.field.placeholder = placeholder;
    this.field.disabled = disabled;
    this.suggestions.close();
    this.#changed();
  }

  /** Offer the app's global shortcuts, as items of a menu; none: no button. */
  offer(items) {
    this.shortcuts.hidden = items.length === 0;
    this.shortcuts.replaceChildren(
      ...(items.length ? [menuButton("Shortcuts", items, { className: "shortcuts", sign: "bolt" })] : []),
    );
  }

  /** Put words into the field and wait for the person to send them. */
  fill(text) {
    this.field.value = text;
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.suggestions.take(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void this.#submit(event);
    }
  }

  async #submit(event) {
    event.preventDefault();
    const { place } = this;
    const text = this.field.value.trim();
    if (text === "" || this.field.disabled) return;
    this.field.value = "";
    this.suggestions.close();
    this.#changed();
    const sent = await this.send(text, this.broadcast?.checked ?? false);
    if (this.broadcast && sent) this.broadcast.checked = false;
    if (sent || place !== this.place || this.field.value !== "") return;
    this.field.value = text;
    this.#changed();
  }

  #changed() {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
    this.button.disabled = field.value.trim() === "";
    const command = this.sources.commands().find((one) => field.value.startsWith(`${one.command} `));
    this.hint.hidden = !command?.usage_hint;
    this.hint.replaceChildren(
      ...(command ? [el("code", {}, command.command), " ", command.usage_hint ?? ""] : []),
    );
  }
}
