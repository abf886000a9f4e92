// Changing and deleting what one wrote oneself.

import { agreed, question } from "./confirm.js";
import { act } from "./connection.js";
import { el } from "./dom.js";
import { decode } from "./mrkdwn-inline.js";
import { reported } from "./notices.js";
import { names } from "./state.js";

/** A stored text as it was typed: mentions by name, addresses bare, nothing escaped. */
export function asTyped(text) {
  const bare = text.replace(/<([^<>\n]+)>/g, (whole, special) => {
    const [target, label] = special.split("|");
    if (target[0] === "@") return `@${names.person(target.slice(1)) ?? label ?? target.slice(1)}`;
    if (target[0] === "#") return `#${names.channel(target.slice(1)) ?? label ?? target.slice(1)}`;
    if (target[0] === "!") return label ?? `@${target.slice(1)}`;
    return target;
  });
  return decode(bare);
}

/** Put a text field in place of the message's body: Enter saves, Esc gives up. */
export function startEditing(message, channel, article) {
  const body = article.querySelector(".body");
  const field = el("textarea", { rows: 2, "aria-label": "Edit your message" });
  field.value = asTyped(message.text ?? "");
  const stop = () => {
    form.replaceWith(body);
    article.focus();
  };
  const save = async () => {
    if (field.value.trim() === "" || field.value === asTyped(message.text ?? "")) return stop();
    if (reported(await act("edit", { channel, ts: message.ts, text: field.value }))) stop();
    return undefined;
  };
  const form = el(
    "form",
    {
      class: "editing",
      onsubmit: (event) => {
        event.preventDefault();
        void save();
      },
    },
    field,
    el(
      "div",
      { class: "foot" },
      el("button", { type: "button", class: "button", onclick: stop }, "Cancel"),
      el("button", { type: "submit", class: "button primary" }, "Save"),
    ),
  );
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      stop();
    } else if (event.key === "Enter" && !event.shiftKey && event.target === field) {
      event.preventDefault();
      void save();
    }
  });
  body.replaceWith(form);
  field.focus();
}

/** Delete after asking. */
export async function removeOwn(message, channel) {
  if (await agreed(question("Delete this message?", "It goes for everybody in the channel.", "Delete"))) {
    reported(await act("delete", { channel, ts: message.ts }));
  }
}
