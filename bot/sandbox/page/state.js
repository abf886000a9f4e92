// What the page knows: the last snapshot and the increments since. No DOM in here.

/** The address of the app's Home tab, where others have a channel. */
export const HOME = "home";

const DISMISSED = "sandbox.dismissed";

export const state = {
  team: { id: "", name: "" },
  bot: { user_id: "", name: "", connected: false },
  me: "",
  people: new Map(),
  commands: [],
  shortcuts: [], // [{name, description}], for the menu of each message
  globalShortcuts: [], // likewise, for the button beside the field
  tabs: { home: false, messages: true }, // of the app's own place
  agent: null, // {description} of an app that is one
  view: null, // the view on the app's Home tab
  prompts: { title: "", prompts: [] }, // what the Messages tab proposes to say
  channels: new Map(),
  messages: new Map(), // channel id -> Map(key -> message)
  unread: new Map(), // channel id -> count of messages that came while another channel was open
  channel: "", // the open channel, or HOME
  thread: "", // ts of the root message of the open thread, or ""
};

const dismissed = new Set(JSON.parse(sessionStorage.getItem(DISMISSED) ?? "[]"));

/** Replace everything by what the server says now. */
export function takeSnapshot(frame) {
  state.team = frame.team;
  state.bot = frame.bot;
  state.me = frame.me;
  state.commands = frame.commands ?? [];
  state.shortcuts = frame.shortcuts ?? [];
  state.globalShortcuts = frame.global_shortcuts ?? [];
  state.tabs = frame.tabs ?? state.tabs;
  state.agent = frame.agent ?? null;
  state.view = frame.home ?? null;
  state.prompts = frame.prompts ?? state.prompts;
  state.people = new Map(frame.people.map((person) => [person.id, person]));
  state.channels = new Map(frame.channels.map((channel) => [channel.id, channel]));
  state.messages = new Map(
    frame.channels.map(({ id }) => [
      id,
      new Map((frame.messages?.[id] ?? []).map((message) => [keyOf(message), message])),
    ]),
  );
}

/** Ephemeral messages are known by their id, all others by their ts. */
export const keyOf = (message) => (message.ephemeral ? message.id : message.ts);

/** Keep a message; true if it was not known before. */
export function putMessage(channel, message) {
  if (!state.messages.has(channel)) state.messages.set(channel, new Map());
  const known = state.messages.get(channel);
  const isNew = !known.has(keyOf(message));
  known.set(keyOf(message), message);
  return isNew;
}

/** Forget a message; returns it, or undefined. */
export function dropMessage(channel, key) {
  const message = state.messages.get(channel)?.get(key);
  state.messages.get(channel)?.delete(key);
  return message;
}

/** Hide an ephemeral message for good in this tab. */
export function dismiss(channel, message) {
  dismissed.add(message.id);
  sessionStorage.setItem(DISMISSED, JSON.stringify([...dismissed].slice(-500)));
  dropMessage(channel, message.id);
}

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;
export const isFromBot = (message) => Boolean(message.bot_id) || message.user === state.bot.user_id;
/** Slack's own note that somebody joined or left. */
export const isNote = (message) => /^(channel|group)_(join|leave)$/.test(message.subtype ?? "");
/** Deleted, but still the head of a thread. */
export const isGone = (message) => Boolean(message.deleted) || message.subtype === "tombstone";
const isShown = (message) => !(message.ephemeral && dismissed.has(message.id));

/** Does it stand in the middle column? Replies do only when they were sent to the channel as well. */
export function inTimeline(message) {
  return (
    isShown(message) && (!isReply(message) || (message.subtype === "thread_broadcast" && !message.ephemeral))
  );
}

/** Does it stand in the thread that begins with `root`? */
export function inThread(message, root) {
  return (
    isShown(message) &&
    ((message.ts === root && !message.ephemeral) || (isReply(message) && message.thread_ts === root))
  );
}

const known = (channel) => [...(state.messages.get(channel)?.values() ?? [])];

export const orderOf = (message) => message.ts ?? message.id;
const byOrder = (a, b) => (orderOf(a) < orderOf(b) ? -1 : 1);

export const timelineOf = (channel) => known(channel).filter(inTimeline).sort(byOrder);
export const threadOf = (channel, root) =>
  known(channel)
    .filter((message) => inThread(message, root))
    .sort(byOrder);
export const repliesTo = (channel, root) =>
  known(channel).filter(
    (message) => isReply(message) && message.thread_ts === root && !message.ephemeral && !isGone(message),
  );
export const messageAt = (channel, key) => state.messages.get(channel)?.get(key);

/** Who wrote it: a name, initials and a colour to show. */
export function authorOf(message) {
  if (isFromBot(message))
    return { id: state.bot.user_id, name: state.bot.name, initials: "", color: "", isBot: true };
  if (isGone(message)) return { id: "", name: "Somebody", initials: "", color: "" };
  return (
    state.people.get(message.user) ?? {
      id: message.user,
      name: message.user ?? "Someone",
      initials: "?",
      color: "",
    }
  );
}

/** How `<@U1>` and `<#C1>` read; undefined for an unknown id. */
export const names = {
  person: (id) => (id === state.bot.user_id ? state.bot.name : state.people.get(id)?.name),
  channel: (id) => state.channels.get(id)?.name,
  isMe: (id) => id === state.me,
  people: () => [...state.people.values()].map(({ id, name }) => ({ id, name })),
  conversations: () =>
    [...state.channels.values()]
      .filter(({ archived }) => !archived)
      .map((channel) => ({
        id: channel.id,
        kind: channel.kind,
        name: channel.kind === "im" ? titleOf(channel) : `#${channel.name}`,
      })),
};

/** The direct message with the app; undefined before the first snapshot. */
export const dmOf = () => [...state.channels.values()].find(({ kind }) => kind === "im");

/** The name of a channel as people say it. */
export const titleOf = (channel) => (channel.kind === "im" ? state.bot.name : channel.name);
