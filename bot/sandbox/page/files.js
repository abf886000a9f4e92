// Files in a message: pictures to look at, everything else as a card with a download.

import { el, freshId, icon } from "./dom.js";

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const UNITS = ["bytes", "kB", "MB", "GB"];

/** All files of a message; nothing where it has none. */
export const drawFiles = (files) =>
  files?.length ? [el("div", { class: "files" }, files.map(drawFile))] : [];

function drawFile(file) {
  if (file.mode === "tombstone") return el("p", { class: "unknown" }, "This file was deleted.");
  return SHOWN.has(file.mimetype) ? drawPicture(file) : drawCard(file);
}

// The address holds the name and port the workspace had when the file came; the page asks only its own origin.
function pathOf(address) {
  const { pathname } = new URL(address, location.origin);
  return pathname.startsWith("/files-pri/") ? pathname : "";
}

const wordsOf = (file) => file.alt_txt || file.title || file.name;

function drawPicture(file) {
  const path = pathOf(file.url_private);
  const image = el("img", { src: path, alt: wordsOf(file), loading: "lazy" });
  const open = (event) => {
    event.preventDefault();
    showLarge(file, path);
  };
  const link = el("a", { href: path, class: "picture", target: "_blank", rel: "noopener", onclick: open }, image);
  const figure = el(
    "figure",
    { class: "file", data: { fileId: file.id } },
    link,
    el("figcaption", {}, file.title || file.name),
  );
  // What cannot be shown can still be fetched, or at least be named.
  image.addEventListener("error", () => figure.replaceWith(drawCard(file)));
  return figure;
}

function drawCard(file) {
  const kind = [file.pretty_type || file.filetype, sizeOf(file.size)].filter(Boolean).join(", ");
  return el(
    "div",
    { class: "file card", role: "group", "aria-label": file.name, data: { fileId: file.id } },
    icon("file"),
    el(
      "div",
      { class: "named" },
      el("strong", {}, file.title || file.name),
      el("small", {}, file.title && file.title !== file.name ? `${file.name}, ${kind}` : kind),
    ),
    drawDownload(file),
  );
}

const drawDownload = (file) =>
  el(
    "a",
    {
      class: "button small",
      href: pathOf(file.url_private_download),
      download: file.name,
      "aria-label": `Download ${file.name}`,
    },
    "Download",
  );

/** "812 bytes", "14 kB", "2.1 MB". */
function sizeOf(bytes) {
  let [size, unit] = [bytes ?? 0, 0];
  while (size >= 1000 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${unit > 1 && size < 10 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}

function showLarge(file, path) {
  const titleId = freshId("picture");
  const dialog = el("dialog", { class: "large", "aria-labelledby": titleId });
  const close = el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Close");
  dialog.append(
    el("h2", { id: titleId }, file.title || file.name),
    el("img", { src: path, alt: wordsOf(file) }),
    file.alt_txt ? el("p", { class: "quieter" }, file.alt_txt) : "",
    el("div", { class: "foot" }, drawDownload(file), close),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
