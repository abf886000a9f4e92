// The workspace's clock, which may be ahead of the browser's. Whatever the page shows of "now" comes from
// here. No DOM in here.

const MINUTE = 60_000; // milliseconds
const MOST_YEARS = 5; // that the workspace moves its clock at once

let ahead = 0; // milliseconds by which the workspace's clock is ahead of the browser's
let canMove = false;

/** Take over what the workspace says: `now` in seconds since 1970. */
export function setClock({ now: seconds, movable }) {
  ahead = seconds * 1000 - Date.now();
  canMove = movable;
}

export const now = () => new Date(Date.now() + ahead);
export const isMovable = () => canMove;
export const secondsUntil = (date) => (date.getTime() - now().getTime()) / 1000;
/** Milliseconds until the minute changes. */
export const restOfMinute = () => MINUTE - (now().getTime() % MINUTE);

// By the calendar: a day later is the same time of day even where the clocks change in between.
const STEPS = {
  "1 hour": (date) => date.setTime(date.getTime() + 60 * MINUTE),
  "1 day": (date) => date.setDate(date.getDate() + 1),
  "1 week": (date) => date.setDate(date.getDate() + 7),
  "1 month": (date) => addMonths(date, 1),
};
export const stepNames = Object.keys(STEPS);

/** Seconds from now to one step later. */
export function secondsOf(step) {
  const start = now();
  const end = new Date(start);
  STEPS[step](end);
  return (end.getTime() - start.getTime()) / 1000;
}

/** The first and the last minute that one move may lead to. */
export function reach() {
  const first = new Date(now().getTime() + restOfMinute());
  const last = now();
  addMonths(last, 12 * MOST_YEARS);
  return { first, last };
}

// From 31 January a month leads to the last day of February.
function addMonths(date, count) {
  const day = date.getDate();
  date.setMonth(date.getMonth() + count);
  if (date.getDate() !== day) date.setDate(0);
}
