// The left column: the workspace, the bot's state, channels, and whom one plays.

import { avatar } from "./avatar.js";
import { el, icon } from "./dom.js";
import { HOME, state, titleOf } from "./state.js";

/** Draw all of it; `play(id)` switches the person. */
export function showRail(node, linked, play) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.stay : null;
  const channels = [...state.channels.values()];
  node.replaceChildren(
    el("div", { class: "workspace" }, el("p", { class: "team" }, state.team.name), drawStatus(linked)),
    el(
      "nav",
      { "aria-label": "Channels" },
      el("h2", {}, "Channels"),
      el("ul", {}, channels.filter(({ kind }) => kind !== "im").map(drawChannel)),
      el("h2", {}, state.tabs.home ? "Apps" : "Direct messages"),
      el("ul", {}, channels.filter(({ kind }) => kind === "im").map(drawChannel)),
    ),
    drawPeople(play),
  );
  if (focused) node.querySelector(`[data-stay="${CSS.escape(focused)}"]`)?.focus();
}

function drawStatus(linked) {
  const [words, kind] = statusOf(linked);
  return el(
    "p",
    { class: `bot-state ${kind}`, role: "status", "aria-label": "Bot state" },
    el("span", { class: "dot", "aria-hidden": "true" }),
    words,
  );
}

function statusOf(linked) {
  if (!linked) return ["Workspace not reachable, trying again ...", "off"];
  return state.bot.connected ? ["Bot connected", "on"] : ["Bot is restarting ...", "off"];
}

function drawChannel(channel) {
  const unread = state.unread.get(channel.id) ?? 0;
  const isApp = channel.kind === "im" && state.tabs.home;
  const isOpen = channel.id === state.channel || (isApp && state.channel === HOME);
  const hints = [];
  if (channel.kind === "private") hints.push("private");
  if (channel.archived) hints.push("archived");
  else if (channel.kind !== "im" && !channel.bot_is_member) hints.push("bot is not here");
  const sign =
    channel.kind === "im"
      ? avatar({ isBot: true })
      : channel.kind === "private"
        ? icon("lock")
        : el("span", { class: "hash", "aria-hidden": "true" }, "#");
  return el(
    "li",
    {},
    el(
      "a",
      {
        href: `#${isApp ? HOME : channel.id}`,
        class: unread ? "unread" : null,
        "aria-current": isOpen ? "page" : null,
        data: { stay: channel.id, channel: channel.id },
      },
      sign,
      el("span", { class: "name" }, titleOf(channel)),
      hints.length ? el("small", {}, hints.join(", ")) : null,
      unread ? el("span", { class: "count" }, `${unread} new`) : null,
    ),
  );
}

function drawPeople(play) {
  const drawPerson = (person) => {
    const radio = el("input", {
      type: "radio",
      name: "person",
      value: person.id,
      data: { stay: `person-${person.id}` },
      onchange: () => play(person.id),
    });
    radio.checked = person.id === state.me;
    return el(
      "label",
      { class: "person" },
      radio,
      avatar(person),
      el("span", { class: "name" }, person.name),
    );
  };
  return el(
    "fieldset",
    { class: "people" },
    el("legend", {}, "Playing as"),
    [...state.people.values()].map(drawPerson),
  );
}
