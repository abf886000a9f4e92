// Texts that change with the time, such as "today" and "5 minutes ago".

const texts = new WeakMap(); // node -> what it says now

/** Let `node` say what `text()` gives, now and after every refreshLive. */
export function live(node, text) {
  texts.set(node, text);
  node.dataset.live = "";
  node.append(document.createTextNode(text()));
  return node;
}

/** Write all of them anew. The text node stays, so that nothing is announced as an addition. */
export function refreshLive() {
  for (const node of document.querySelectorAll("[data-live]")) {
    const text = texts.get(node)?.();
    if (text !== undefined && node.firstChild.data !== text) node.firstChild.data = text;
  }
}
