// Wiring: frames from the workspace to the panes, the person's deeds to the workspace, the address to what
// is open.

import { now, restOfMinute, setClock } from "./clock.js";
import { ClockControl } from "./clock-control.js";
import { Composer } from "./composer.js";
import { act, connect } from "./connection.js";
import { dayAndTime } from "./dates.js";
import { HomePane } from "./home.js";
import { refreshLive } from "./live.js";
import { showView, showViewErrors } from "./modal.js";
import { notice, reported } from "./notices.js";
import { showRail } from "./rail.js";
import {
  dismiss,
  dmOf,
  dropMessage,
  HOME,
  inThread,
  isFromBot,
  isReply,
  keyOf,
  putMessage,
  state,
  takeSnapshot,
} from "./state.js";
import { ThreadPane } from "./thread.js";
import { Timeline } from "./timeline.js";

const PERSON = "sandbox.person";
const TICK = 30_000; // milliseconds: the clock is looked at no less often
const SOON = 20_000; // milliseconds in which the bot's message is taken as the answer to a command

const rail = document.getElementById("rail");
const sources = {
  commands: () => state.commands,
  people: () => [
    { name: state.bot.name, detail: "app" },
    ...[...state.people.values()].map(({ name }) => ({ name })),
  ],
};
const timeline = new Timeline(
  document.getElementById("timeline"),
  new Composer({ send: sendToChannel, sources }),
  placeFor,
);
const thread = new ThreadPane(
  document.getElementById("thread"),
  new Composer({ send: sendToThread, sources: { ...sources, commands: () => [] }, inThread: true }),
  placeFor,
  closeThread,
);

const home = new HomePane(document.getElementById("home"));
const clock = new ClockControl(document.getElementById("clock"));

let disconnect = () => {};
let linked = false;
let beat = 0; // the timer of the next tick
let awaited = { channel: "", until: 0 }; // where a command was just given

const HANDLE = {
  snapshot: (frame) => {
    const before = state.me;
    takeSnapshot(frame);
    setClock(frame.clock);
    sessionStorage.setItem(PERSON, state.me);
    document.title = `${state.team.name} · local workspace`;
    if (before !== state.me) state.unread.clear();
    timeline.composer.offer(state.globalShortcuts.map(shortcutItem));
    openAddress();
    if (before !== state.me) tellOpened();
    tick();
    showView(frame.view);
  },
  message: ({ channel, message }) => take(channel, message),
  message_removed: ({ channel, ts, id }) => {
    const message = dropMessage(channel, id ?? ts);
    if (message && channel === state.channel) for (const pane of [timeline, thread]) pane.drop(message);
  },
  view: ({ view }) => showView(view),
  view_errors: ({ view_id: id, errors }) => showViewErrors(id, errors),
  channel: ({ channel }) => {
    state.channels.set(channel.id, channel);
    drawRail();
    if (channel.id === state.channel) timeline.showHead();
  },
  bot: ({ connected }) => {
    state.bot.connected = connected;
    drawRail();
  },
  home: ({ view }) => {
    state.view = view;
    home.show();
  },
  prompts: ({ title, prompts }) => {
    state.prompts = { title, prompts };
    timeline.showPrompts();
  },
  notice: ({ text }) => notice(text),
  clock: (frame) => {
    setClock(frame);
    tick();
    notice(`It is now ${dayAndTime(now())}.`, "clock");
  },
};

/** Bring all that depends on the time up to date, now and whenever the minute changes. */
function tick() {
  clock.show();
  refreshLive();
  for (const pane of [timeline, thread]) pane.list.refreshDays();
  clearTimeout(beat);
  beat = setTimeout(tick, Math.min(restOfMinute(), TICK));
}

function take(channel, message) {
  const isNew = putMessage(channel, message);
  if (channel !== state.channel) {
    if (isNew && message.user !== state.me) state.unread.set(channel, (state.unread.get(channel) ?? 0) + 1);
    drawRail();
    return;
  }
  timeline.put(message);
  thread.put(message);
  const answersCommand =
    awaited.channel === channel &&
    Date.now() < awaited.until &&
    isFromBot(message) &&
    !message.ephemeral &&
    !isReply(message);
  if (!isNew || !answersCommand) return;
  awaited = { channel: "", until: 0 };
  if (!state.thread) openThread(message.ts);
}

function placeFor(channel, isThread) {
  return { channel, inThread: isThread, openThread, dismiss: (message) => dismissed(channel, message) };
}

function dismissed(channel, message) {
  dismiss(channel, message);
  for (const pane of [timeline, thread]) pane.drop(message);
}

async function sendToChannel(text) {
  const { channel } = state;
  if (!text.startsWith("/")) return reported(await act("say", { channel, text }));
  awaited = { channel, until: Date.now() + SOON };
  const taken = reported(await act("command", { channel, text }));
  if (!taken) awaited = { channel: "", until: 0 };
  return taken;
}

async function sendToThread(text, broadcast) {
  if (state.commands.some(({ command }) => text === command || text.startsWith(`${command} `))) {
    notice("Slash commands do not work in threads. Mention the bot or type the words as a plain reply.");
    return false;
  }
  return reported(await act("say", { channel: state.channel, text, thread_ts: state.thread, broadcast }));
}

// What is open stands in the address: #CHANNEL or #CHANNEL/TS. Going back closes a thread, and a permalink
// opens one.

function openThread(ts) {
  location.hash = `${state.channel}/${ts}`;
}

function closeThread() {
  location.hash = state.channel;
  timeline.composer.focus();
}

function openAddress() {
  const [wanted, ts = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  const first =
    [...state.channels.values()].find((channel) => channel.bot_is_member && channel.kind !== "im") ??
    [...state.channels.values()][0];
  const isThere = state.channels.has(wanted) || (wanted === HOME && state.tabs.home);
  const channel = isThere ? wanted : (first?.id ?? "");
  if (wanted && wanted !== channel && linked) notice("That channel is not there, or you may not see it.");
  state.channel = channel;
  state.unread.delete(channel);
  const target = channel === wanted ? state.messages.get(channel)?.get(ts) : undefined;
  state.thread = target ? target.thread_ts || target.ts : "";
  drawRail();
  home.show();
  timeline.show();
  thread.show();
  if (target && isReply(target)) thread.list.reveal(keyOf(target));
}

/** Let the app hear that one of its tabs was opened. */
function tellOpened() {
  if (state.channel === HOME) void act("open_tab", { tab: "home" });
  else if (state.channel === dmOf()?.id && state.tabs.messages) void act("open_tab", { tab: "messages" });
}

function shortcutItem({ name, description }) {
  const choose = async () => reported(await act("global_shortcut", { channel: state.channel, name }));
  return { label: name, detail: description, choose };
}

function moved(event) {
  const before = new URL(event.oldURL).hash.slice(1).split("/")[0];
  const [channel, ts = ""] = location.hash.slice(1).split("/");
  if (before !== channel || channel !== state.channel) {
    openAddress();
    tellOpened();
    if (state.channel !== HOME) timeline.composer.focus();
    return;
  }
  const target = state.messages.get(channel)?.get(ts);
  state.thread = target ? target.thread_ts || target.ts : "";
  thread.show();
  if (!target) return;
  if (isReply(target)) thread.list.reveal(keyOf(target));
  thread.composer.focus();
}

function drawRail() {
  showRail(rail, linked, play);
}

/** Become another person; "" lets the workspace choose. */
function play(id) {
  disconnect();
  disconnect = connect(
    id,
    (frame) => HANDLE[frame.type]?.(frame),
    (now) => {
      linked = now;
      drawRail();
    },
  );
}

document.addEventListener("keydown", (event) => {
  if (
    event.key === "Escape" &&
    state.thread &&
    !event.defaultPrevented &&
    !document.querySelector("dialog[open], :popover-open")
  )
    closeThread();
});
window.addEventListener("hashchange", moved);
play(sessionStorage.getItem(PERSON) ?? "");
