// Times as people read them, in the browser's zone, and Slack's <!date^...> formats. Now is the workspace's
// now.

import { now } from "./clock.js";

const format = (options) => new Intl.DateTimeFormat("en-GB", options);
const CLOCK = format({ hour: "2-digit", minute: "2-digit" });
const CLOCK_SECONDS = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = format({ weekday: "long", day: "numeric", month: "long" });
const WEEKDAY = format({ weekday: "short" });
const FULL = format({ dateStyle: "full", timeStyle: "short" });
const PLAIN = {
  date_num: format({ year: "numeric", month: "2-digit", day: "2-digit" }),
  date: format({ day: "numeric", month: "long", year: "numeric" }),
  date_short: format({ day: "numeric", month: "short", year: "numeric" }),
  date_long: format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  time: CLOCK,
  time_secs: CLOCK_SECONDS,
};

export const dateOf = (ts) => new Date(Number.parseFloat(ts) * 1000);
export const clockTime = (ts) => CLOCK.format(dateOf(ts));
export const fullTime = (ts) => FULL.format(dateOf(ts));

/** "Thu 26 Nov 2026, 14:30". */
export const dayAndTime = (date) =>
  `${WEEKDAY.format(date)} ${PLAIN.date_short.format(date)}, ${CLOCK.format(date)}`;

/** What a date-time field holds for it: "2026-11-26T14:30". */
export function fieldValue(date) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "Today", "Yesterday" or "Monday 3 November". */
export function dayName(ts) {
  const day = dateOf(ts);
  const today = now();
  const days = Math.round((midnight(today) - midnight(day)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return day.getFullYear() === today.getFullYear() ? DAY.format(day) : PLAIN.date_long.format(day);
}

/** The day before a time in a sentence: "" today, else "yesterday " or "on Monday 3 November ". */
export function dayInSentence(ts) {
  const day = dayName(ts);
  if (day === "Today") return "";
  return day === "Yesterday" ? "yesterday " : `on ${day} `;
}

export const sameDay = (a, b) => midnight(dateOf(a)) === midnight(dateOf(b));

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/**
 * The text of `<!date^SECONDS^PATTERN|FALLBACK>`; the fallback where the seconds or a field of the pattern
 * are unknown.
 */
export function slackDate(seconds, pattern, fallback) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  let known = true;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    const field = fieldOf(date, name);
    known &&= field !== undefined;
    return field ?? whole;
  });
  return known ? text : fallback;
}

function fieldOf(date, name) {
  if (name === "ago") return ago(date);
  const pretty = name.endsWith("_pretty");
  const plain =
    PLAIN[name.replace("_pretty", "")] ?? (name === "day_divider_pretty" ? PLAIN.date_long : undefined);
  if (!plain) return undefined;
  const day = pretty ? dayName(date.getTime() / 1000) : "";
  return day === "Today" || day === "Yesterday" ? day.toLowerCase() : plain.format(date);
}

function ago(date) {
  const seconds = Math.round((date.getTime() - now().getTime()) / 1000);
  const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
  for (const [unit, size] of [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ]) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(seconds, "second");
}
