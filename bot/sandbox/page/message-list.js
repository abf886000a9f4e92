// A list of messages that changes one node at a time and stays at its end while the reader is there.

import { dayName, sameDay } from "./dates.js";
import { el, icon } from "./dom.js";
import { keyOf, orderOf } from "./state.js";

const NEAR_END = 60; // pixels from the end that still count as being at it
const TOGETHER = 300; // seconds within which messages of one author stand together

export class MessageList {
  /**
   * `scroller` gets the list; `draw(message)` gives an article; `days`: the first day is named even if it is
   * today.
   */
  constructor(scroller, draw, { days = true } = {}) {
    this.scroller = scroller;
    this.draw = draw;
    this.days = days;
    this.entries = []; // {message, node}, in order
    this.atEnd = true;
    this.box = el("div", { class: "messages" });
    this.jump = el(
      "button",
      { type: "button", class: "button jump", hidden: true, onclick: () => this.toEnd() },
      icon("down"),
      "Newest messages",
    );
    scroller.append(this.box);
    scroller.after(this.jump);
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.box);
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(scroller);
  }

  /** Show these and no others, from their end. */
  show(messages) {
    this.entries = messages.map((message) => ({ message, node: this.draw(message) }));
    this.box.replaceChildren(...this.entries.map(({ node }) => node));
    this.entries.forEach((_, index) => this.#settle(index));
    this.toEnd();
  }

  /** Add a message, or replace the one with the same key. */
  put(message) {
    const at = this.entries.findIndex((entry) => keyOf(entry.message) === keyOf(message));
    if (at >= 0) this.#replace(at, message);
    else this.#insert(message);
    this.#keepPlace();
  }

  /** Take a message away. */
  drop(key) {
    const at = this.entries.findIndex((entry) => keyOf(entry.message) === key);
    if (at < 0) return;
    const [{ node }] = this.entries.splice(at, 1);
    if (node.contains(document.activeElement))
      (this.entries[at] ?? this.entries[at - 1])?.node.focus({ preventScroll: true });
    node.remove();
    this.#settle(at);
  }

  /** Bring a message into view and mark it for a moment. */
  reveal(key) {
    const found = this.entries.find((entry) => keyOf(entry.message) === key);
    if (!found) return;
    this.atEnd = false;
    found.node.scrollIntoView({ block: "center" });
    found.node.classList.remove("found");
    requestAnimationFrame(() => found.node.classList.add("found"));
  }

  /** Name the days anew: today has become another day. */
  refreshDays() {
    this.entries.forEach((_, index) => this.#settle(index));
  }

  toEnd() {
    this.atEnd = true;
    this.jump.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #replace(at, message) {
    const old = this.entries[at].node;
    const node = this.draw(message);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const actionId = focused?.closest("[data-action-id]")?.dataset.actionId;
    old.replaceWith(node);
    this.entries[at] = { message, node };
    this.#settle(at);
    this.#settle(at + 1);
    if (!focused) return;
    const again = actionId && node.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`);
    (again || node).focus({ preventScroll: true });
  }

  #insert(message) {
    let at = this.entries.length;
    while (at > 0 && orderOf(this.entries[at - 1].message) > orderOf(message)) at -= 1;
    const node = this.draw(message);
    node.classList.add("new");
    this.box.insertBefore(node, this.entries[at]?.node ?? null);
    this.entries.splice(at, 0, { message, node });
    this.#settle(at);
    this.#settle(at + 1);
    if (!this.atEnd && at === this.entries.length - 1) this.jump.hidden = false;
  }

  // What a message shows because of the one before it: its head, and the day it begins.
  #settle(index) {
    const entry = this.entries[index];
    if (!entry) return;
    const before = this.entries[index - 1]?.message;
    const { message, node } = entry;
    node.classList.toggle("root", !this.days && index === 0);
    const newDay =
      message.ts && (before?.ts ? !sameDay(before.ts, message.ts) : this.#namesFirstDay(message));
    node.classList.toggle("follows", Boolean(!newDay && before && this.#together(before, entry, index)));
    if (newDay) node.dataset.day = dayName(message.ts);
    else delete node.dataset.day;
  }

  #namesFirstDay(message) {
    return this.days || dayName(message.ts) !== "Today";
  }

  // In a thread the first answer stands apart from what it answers.
  #together(before, { message, node }, index) {
    if (!this.days && index === 1) return false;
    if (this.entries[index - 1].node.querySelector(".thread-link")) return false;
    const sameAuthor = this.entries[index - 1].node.dataset.author === node.dataset.author;
    const near = Math.abs(Number(message.ts) - Number(before.ts)) < TOGETHER;
    return sameAuthor && near && Boolean(before.ephemeral) === Boolean(message.ephemeral);
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.atEnd) this.jump.hidden = true;
  }

  #keepPlace() {
    if (this.atEnd) this.toEnd();
  }
}
