// The middle column: the channel's head, its messages, a welcome until the bot has spoken, the composer.

import { act } from "./connection.js";
import { counted, el, whilePressed } from "./dom.js";
import { drawMessage } from "./message.js";
import { MessageList } from "./message-list.js";
import { reported } from "./notices.js";
import { showPrompts } from "./prompts.js";
import {
  HOME,
  inTimeline,
  isFromBot,
  isNote,
  isReply,
  keyOf,
  messageAt,
  state,
  timelineOf,
  titleOf,
} from "./state.js";
import { drawTabs } from "./tabs.js";

export class Timeline {
  /** `place(channel)` gives what drawMessage needs; `composer` stands below. */
  constructor(node, composer, place) {
    this.node = node;
    this.composer = composer;
    this.head = el("header", { class: "pane-head" });
    this.welcome = el("section", { class: "welcome", "aria-label": "Welcome", hidden: true });
    this.log = el("div", { class: "log", role: "log", tabindex: 0, "aria-relevant": "additions" });
    this.prompts = el("div", { class: "prompts", role: "group", hidden: true });
    node.append(this.head, this.log, this.prompts, composer.node);
    this.list = new MessageList(this.log, (message) => drawMessage(message, place(state.channel, false)));
    this.log.append(this.welcome);
  }

  /** Draw the open channel from scratch. */
  show() {
    const channel = state.channels.get(state.channel);
    this.node.hidden = state.channel === HOME;
    this.log.setAttribute("aria-busy", "true");
    this.list.show(channel ? timelineOf(channel.id) : []);
    this.log.removeAttribute("aria-busy");
    this.showHead();
  }

  /** Draw the head, the welcome and the composer's state again: the channel or its members changed. */
  showHead() {
    const channel = state.channels.get(state.channel);
    if (!channel) return;
    const name = channel.kind === "im" ? titleOf(channel) : `#${channel.name}`;
    this.log.setAttribute("aria-label", `Messages in ${name}`);
    this.head.replaceChildren(
      el("div", {}, el("h1", {}, name), el("p", { class: "topic" }, topicOf(channel))),
      el("div", { class: "presence" }, ...this.#presence(channel)),
    );
    const blocked = channel.archived ? "This channel is archived: nothing can be written here" : null;
    this.composer.moveTo(channel.id, `Message ${name}`, {
      disabled: Boolean(blocked),
      placeholder: blocked ?? `Message ${name}`,
    });
    this.showPrompts();
    this.#showWelcome(channel, name);
  }

  /** Show what the app proposes to say here, if anything. */
  showPrompts() {
    showPrompts(this.prompts, state.channels.get(state.channel));
  }

  put(message) {
    if (inTimeline(message)) this.list.put(message);
    const root = isReply(message) && messageAt(state.channel, message.thread_ts);
    if (root) this.list.put(root); // its count of replies
    this.welcome.hidden ||= hasSpoken(message);
  }

  drop(message) {
    this.list.drop(keyOf(message));
    const root = isReply(message) && messageAt(state.channel, message.thread_ts);
    if (root) this.list.put(root);
  }

  #presence(channel) {
    if (channel.kind === "im") return drawTabs();
    if (channel.archived) return [];
    if (channel.bot_is_member)
      return [el("span", {}, `${state.bot.name} is here`), this.#memberButton("kick", "Remove", channel)];
    return [
      el("span", {}, `${state.bot.name} is not here`),
      this.#memberButton("invite", `Add ${state.bot.name}`, channel),
    ];
  }

  #memberButton(what, label, channel) {
    const node = el(
      "button",
      {
        type: "button",
        class: "button small",
        onclick: () => whilePressed(node, async () => reported(await act(what, { channel: channel.id }))),
      },
      label,
    );
    return node;
  }

  #showWelcome(channel, name) {
    this.welcome.hidden = channel.archived || this.list.entries.some(({ message }) => hasSpoken(message));
    const bot = state.bot.name;
    const start = firstCommand();
    const fill = () => this.composer.fill(start);
    this.welcome.replaceChildren(
      el("h2", {}, channel.kind === "im" ? `Talk to ${bot}` : `Welcome to ${name}`),
      el("p", {}, welcomeTo(channel, bot)),
      start &&
        el(
          "p",
          {},
          el("button", { type: "button", class: "button primary", onclick: fill }, `Type ${start}`),
        ),
      el("p", { class: "quieter" }, HOW),
    );
  }
}

const HOW =
  "A command fills the field below; you send it. Switch people on the left to see what others see.";

function welcomeTo(channel, bot) {
  if (channel.bot_is_member || channel.kind === "im") {
    const where =
      "This is a workspace on your own machine: nothing leaves it, and you may play everybody in it.";
    return `${where} Begin with a command, or write to @${bot}.`;
  }
  const missing = `${bot} is not in this channel yet, so it cannot read or write here.`;
  return `${missing} Try a command anyway and see what it says, or add it above.`;
}

/** The command that begins something, as far as its usage tells; "" without commands. */
function firstCommand() {
  const command = state.commands[0];
  if (!command) return "";
  return /\bstart\b/.test(command.usage_hint ?? "") ? `${command.command} start` : command.command;
}

const hasSpoken = (message) => isFromBot(message) && !isNote(message);

function topicOf(channel) {
  if (channel.kind === "im") return state.agent?.description || "A direct message between you and the bot";
  const kind = channel.kind === "private" ? "Private channel" : "Channel";
  return [kind, counted(channel.members.length, "member", "members"), channel.topic]
    .filter(Boolean)
    .join(" · ");
}
