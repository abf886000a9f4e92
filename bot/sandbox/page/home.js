// The app's Home tab: the view it published for this person.

import { drawBlocks } from "./blocks.js";
import { act } from "./connection.js";
import { el } from "./dom.js";
import { enterAgain, enteredIn, fillIn, valuesIn } from "./fields.js";
import { reported } from "./notices.js";
import { HOME, names, state } from "./state.js";
import { drawTabs } from "./tabs.js";

export class HomePane {
  constructor(node) {
    this.node = node;
    this.head = el("header", { class: "pane-head" });
    this.body = el("div", { class: "log home", role: "region", tabindex: 0 });
    node.append(this.head, this.body);
    this.person = "";
  }

  /** Draw the tab, or hide it where something else is open. */
  show() {
    this.node.hidden = state.channel !== HOME;
    if (this.node.hidden) return this.body.replaceChildren();
    this.head.replaceChildren(
      el("div", {}, el("h1", {}, state.bot.name), el("p", { class: "topic" }, "Only you see this page")),
      ...drawTabs(),
    );
    this.body.setAttribute("aria-label", `Home of ${state.bot.name}`);
    return this.#draw();
  }

  #draw() {
    const before = this.person === state.me ? enteredIn(this.body) : new Map();
    const [scrolled, focused] = [this.body.scrollTop, this.#placeOfFocus()];
    this.person = state.me;
    const { view } = state;
    this.body.replaceChildren(view ? drawBlocks(view.blocks ?? [], this.#site(view.id)) : nothingYet());
    fillIn(this.body, view?.state?.values ?? {});
    enterAgain(this.body, before);
    this.body.scrollTop = scrolled;
    if (focused) (this.body.querySelector(focused) ?? this.body).focus({ preventScroll: true });
  }

  #site(viewId) {
    const press = async (blockId, actionId, selected) =>
      reported(
        await act("click", {
          view_id: viewId,
          block_id: blockId,
          action_id: actionId,
          selected,
          values: valuesIn(this.body),
        }),
      );
    return { names, press };
  }

  /** A selector that finds what has the focus in the next drawing too; "" where nothing here has it. */
  #placeOfFocus() {
    const active = document.activeElement;
    if (!this.body.contains(active) || active === this.body) return "";
    const element = active.closest("[data-action-id]");
    const block = active.closest("[data-block-id]");
    if (!element || !block) return "";
    const within = element.matches("button, input, select, textarea") ? "" : " :is(button, input, summary)";
    return (
      `[data-block-id="${CSS.escape(block.dataset.blockId)}"] ` +
      `[data-action-id="${CSS.escape(element.dataset.actionId)}"]${within}`
    );
  }
}

const nothingYet = () =>
  el(
    "section",
    { class: "welcome", "aria-label": "Nothing here yet" },
    el("h2", {}, "Nothing here yet"),
    el("p", {}, `${state.bot.name} has not put anything on its Home tab for you. While it is starting, wait a moment.`),
  );
