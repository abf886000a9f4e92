// One message as an <article>.

import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks.js";
import { act } from "./connection.js";
import { clockTime, dayInSentence, fullTime } from "./dates.js";
import { counted, el, icon } from "./dom.js";
import { drawFiles } from "./files.js";
import { live } from "./live.js";
import { drawMenu } from "./message-menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { reported } from "./notices.js";
import { authorOf, isFromBot, isGone, isNote, isReply, keyOf, names, repliesTo } from "./state.js";

/** `place`: {channel, inThread, openThread(ts), dismiss(message)}. */
export function drawMessage(message, place) {
  const author = authorOf(message);
  const article = el("article", {
    class: `message ${message.ephemeral ? "ephemeral" : ""} ${isNote(message) ? "note" : ""}`,
    tabindex: -1,
    "aria-label": `${author.name}${message.ts ? `, ${clockTime(message.ts)}` : ""}`,
    data: { ts: message.ts ?? "", key: keyOf(message), author: author.id },
  });
  const content = el("div", { class: "content" });
  content.append(drawHead(message, author), drawBody(message, place), ...drawFoot(message, place));
  article.append(el("div", { class: "gutter" }, avatar(author), drawTime(message)), content);
  const tools = message.ephemeral || isGone(message) ? [] : drawTools(message, place, article);
  if (tools.length) article.append(el("div", { class: "tools" }, tools));
  return article;
}

function drawHead(message, author) {
  return el(
    "div",
    { class: "head" },
    el("span", { class: "author" }, author.name),
    author.isBot ? el("span", { class: "tag" }, "app") : null,
    drawTime(message),
  );
}

const drawTime = ({ ts }) =>
  ts
    ? el("time", { datetime: new Date(Number(ts) * 1000).toISOString(), title: fullTime(ts) }, clockTime(ts))
    : null;

function drawBody(message, place) {
  const body = el("div", { class: "body" });
  if (isGone(message)) body.append(el("p", { class: "unknown" }, "This message was deleted."));
  else if (message.blocks?.length) body.append(drawBlocks(message.blocks, siteOf(message, place)));
  else if (message.text || !message.files?.length) body.append(mrkdwn(message.text ?? "", names));
  if (!isGone(message)) body.append(...drawFiles(message.files));
  // An app's blocks change all the time and carry no mark of it; what somebody wrote does.
  if (message.edited && !isGone(message) && !(isFromBot(message) && message.blocks?.length))
    endOf(body).append(el("small", { class: "edited" }, " (edited)"));
  return body;
}

// "(edited)" ends the last line where the last thing is a text, so that a one-line message stays one line.
function endOf(body) {
  const last = body.querySelector(".blocks > :last-child") ?? body;
  const text = last.querySelector(".text:last-of-type");
  return text?.querySelector(":scope > p:last-child") ?? text ?? body;
}

function siteOf(message, place) {
  const target = message.ephemeral ? { id: message.id } : { ts: message.ts };
  const press = async (blockId, actionId, selected) =>
    reported(
      await act("click", {
        channel: place.channel,
        ...target,
        block_id: blockId,
        action_id: actionId,
        selected,
      }),
    );
  return { names, press };
}

function drawFoot(message, place) {
  if (message.ephemeral) {
    const close = el(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": "Dismiss message",
        onclick: () => place.dismiss(message),
      },
      icon("close"),
    );
    return [el("div", { class: "only-you" }, "Only visible to you", close)];
  }
  if (place.inThread)
    return message.subtype === "thread_broadcast"
      ? [el("p", { class: "marker" }, "Also sent to the channel")]
      : [];
  if (isReply(message))
    return [
      el(
        "button",
        { type: "button", class: "thread-link", onclick: () => place.openThread(message.thread_ts) },
        "Replied in a thread: open it",
      ),
    ];
  return drawThreadLink(message, place);
}

function drawThreadLink(message, place) {
  const replies = repliesTo(place.channel, message.ts);
  if (replies.length === 0) return [];
  const last = replies.reduce((a, b) => (a.ts > b.ts ? a : b));
  const words = counted(replies.length, "reply", "replies");
  return [
    el(
      "button",
      { type: "button", class: "thread-link", onclick: () => place.openThread(message.ts) },
      words,
      live(el("small"), () => ` last ${dayInSentence(last.ts)}at ${clockTime(last.ts)}`),
    ),
  ];
}

function drawTools(message, place, article) {
  const tools = [];
  if (!place.inThread) {
    const open = () => place.openThread(isReply(message) ? message.thread_ts : message.ts);
    tools.push(
      el(
        "button",
        {
          type: "button",
          class: "button more",
          "aria-label": "Reply in thread",
          title: "Reply in thread",
          onclick: open,
        },
        icon("reply"),
      ),
    );
  }
  return [...tools, ...drawMenu(message, place.channel, article)];
}
