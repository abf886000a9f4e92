// Links: only web and mail addresses become links, and links to messages of this workspace stay inside the
// page.

import { el } from "./dom.js";

const SAFE = new Set(["http:", "https:", "mailto:"]);

/** The address as a URL, or null if it is none that a message may link to. */
export function safeUrl(address) {
  try {
    const url = new URL(address, location.origin);
    return SAFE.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/**
 * `#C1/1700000000.000100` for a permalink of this workspace (whatever name the loopback goes by), else null.
 */
export function placeOf(url) {
  const found = /^\/archives\/(\w+)\/p(\d{10})(\d{6})$/.exec(url.pathname);
  const loopback = ["localhost", "127.0.0.1", "[::1]", location.hostname].includes(url.hostname);
  return found && loopback && url.port === location.port ? `#${found[1]}/${found[2]}.${found[3]}` : null;
}

/** A link, or plain text where the address is not one to follow. */
export function link(address, ...label) {
  const url = safeUrl(address);
  if (!url) return el("span", {}, label);
  const place = placeOf(url);
  if (place) return el("a", { href: place }, label);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** What a press on a button with an address does. */
export function follow(address) {
  const url = safeUrl(address);
  const place = url && placeOf(url);
  if (place) location.hash = place;
  else if (url) window.open(url.href, "_blank", "noopener,noreferrer");
}
