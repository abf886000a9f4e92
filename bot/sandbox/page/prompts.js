// What the app proposes to say in its Messages tab: buttons above the field, each sends its message at once.

import { act } from "./connection.js";
import { el, freshId, whilePressed } from "./dom.js";
import { reported } from "./notices.js";
import { state } from "./state.js";

/** Show them in `node` while the direct message `channel` is open, else hide it. */
export function showPrompts(node, channel) {
  const { title, prompts } = state.prompts;
  node.hidden = channel?.kind !== "im" || prompts.length === 0;
  if (node.hidden) return;
  const label = el("p", { id: freshId("prompts") }, title || "You could say:");
  node.setAttribute("aria-labelledby", label.id);
  node.replaceChildren(label, ...prompts.map((prompt) => drawPrompt(prompt, channel.id)));
}

function drawPrompt({ title, message }, channel) {
  const say = async () => reported(await act("say", { channel, text: message }));
  const node = el(
    "button",
    { type: "button", class: "button small", title: message, onclick: () => whilePressed(node, say) },
    title,
  );
  return node;
}
