// "Are you sure?": a native dialog from Slack's confirm object, or from our own words.

import { el, freshId } from "./dom.js";
import { drawText, plain } from "./text-objects.js";
import { names } from "./state.js";

/** Ask; true if the person agrees. `confirm` is Slack's confirmation dialog object. */
export function agreed(confirm) {
  const id = freshId("confirm");
  const dialog = el("dialog", { class: "confirm", "aria-labelledby": id });
  const close = (answer) => () => dialog.close(answer);
  const yes = `button ${confirm.style === "danger" ? "danger" : "primary"}`;
  dialog.append(
    el("h2", { id }, plain(confirm.title)),
    drawText(confirm.text, names),
    el(
      "div",
      { class: "foot" },
      el("button", { type: "button", class: "button", onclick: close("no") }, plain(confirm.deny)),
      el("button", { type: "button", class: yes, onclick: close("yes") }, plain(confirm.confirm)),
    ),
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
    dialog.querySelector(".foot button:last-child").focus();
  });
}

/** A confirm object of our own. */
export function question(title, text, yes) {
  const words = (value) => ({ type: "plain_text", text: value });
  return {
    title: words(title),
    text: words(text),
    confirm: words(yes),
    deny: words("Cancel"),
    style: "danger",
  };
}
