// The clock in the left column: the workspace's time and, where it can be moved, the ways forward.

import { isMovable, now, reach, secondsOf, secondsUntil, setClock, stepNames } from "./clock.js";
import { act } from "./connection.js";
import { dayAndTime, fieldValue } from "./dates.js";
import { el, freshId, whilePressed } from "./dom.js";
import { reported } from "./notices.js";

export class ClockControl {
  /** Drawn once into `node`: a field that is half filled in must outlive every tick. */
  constructor(node) {
    this.time = el("time");
    this.field = el("input", { type: "datetime-local", id: freshId("go-to"), required: true });
    this.ways = el("div", { class: "ways", hidden: true }, this.#steps(), this.#goTo());
    const title = el("h2", { id: freshId("clock") }, "Clock");
    const shown = el("p", { class: "now" }, this.time);
    node.append(
      el(
        "section",
        { class: "clock", role: "group", "aria-labelledby": title.id },
        el("div", { class: "face" }, title, shown),
        this.ways,
      ),
    );
    this.node = node;
  }

  /** Show the time as it is now. */
  show() {
    const { first, last } = reach();
    this.node.hidden = false;
    this.ways.hidden = !isMovable();
    this.time.textContent = dayAndTime(now());
    this.time.dateTime = now().toISOString();
    this.field.min = fieldValue(first);
    this.field.max = fieldValue(last);
  }

  #steps() {
    const label = el("p", { id: freshId("forward") }, "Move forward:");
    const draw = (step) => {
      const button = el(
        "button",
        {
          type: "button",
          class: "button small",
          onclick: () => whilePressed(button, () => move(secondsOf(step))),
        },
        step,
      );
      return button;
    };
    return el(
      "div",
      { role: "group", "aria-labelledby": label.id },
      label,
      el("div", { class: "steps" }, stepNames.map(draw)),
    );
  }

  #goTo() {
    const button = el("button", { type: "submit", class: "button small" }, "Go");
    const go = async (event) => {
      event.preventDefault();
      const moved = await whilePressed(button, () => move(secondsUntil(new Date(this.field.value))));
      if (moved) this.field.value = "";
    };
    return el(
      "form",
      { class: "go-to", onsubmit: go },
      el("label", { for: this.field.id }, "Go to"),
      this.field,
      button,
    );
  }
}

async function move(seconds) {
  const result = await act("forward", { seconds });
  if (result.ok) setClock(result.clock); // the frame may come later than the next press, which counts from here
  return reported(result);
}
