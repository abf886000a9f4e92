// The right pane: one thread.

import { el, icon } from "./dom.js";
import { drawMessage } from "./message.js";
import { MessageList } from "./message-list.js";
import { inThread, keyOf, state, threadOf, titleOf } from "./state.js";

export class ThreadPane {
  /** `close()` is called by the pane's own button. */
  constructor(node, composer, place, close) {
    this.node = node;
    this.composer = composer;
    this.title = el("p", { class: "topic" });
    const button = el(
      "button",
      {
        type: "button",
        class: "button more",
        "aria-label": "Close thread",
        title: "Close (Esc)",
        onclick: close,
      },
      icon("close"),
    );
    this.log = el("div", {
      class: "log",
      role: "log",
      tabindex: 0,
      "aria-label": "Messages in the thread",
      "aria-relevant": "additions",
    });
    node.append(
      el("header", { class: "pane-head" }, el("div", {}, el("h2", {}, "Thread"), this.title), button),
      this.log,
      composer.node,
    );
    this.list = new MessageList(this.log, (message) => drawMessage(message, place(state.channel, true)), {
      days: false,
    });
  }

  /** Draw the open thread from scratch, or hide the pane where none is open. */
  show() {
    this.node.hidden = state.thread === "";
    document.body.classList.toggle("with-thread", state.thread !== "");
    const channel = state.channels.get(state.channel);
    if (state.thread === "" || !channel) return;
    this.title.textContent = channel.kind === "im" ? titleOf(channel) : `#${channel.name}`;
    this.composer.moveTo(`${state.channel}/${state.thread}`, "Reply in thread", {
      disabled: channel.archived,
    });
    this.log.setAttribute("aria-busy", "true");
    this.list.show(threadOf(state.channel, state.thread));
    this.log.removeAttribute("aria-busy");
  }

  put(message) {
    if (state.thread && inThread(message, state.thread)) this.list.put(message);
  }

  drop(message) {
    this.list.drop(keyOf(message));
  }
}
