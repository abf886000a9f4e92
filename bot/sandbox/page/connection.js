// The two wires to the workspace: a socket that brings news and comes back by itself, and `act` for what a
// person does.

const FIRST_WAIT = 200; // milliseconds before the first new attempt; doubles up to LONGEST_WAIT
const LONGEST_WAIT = 3000;

let person = "";

/**
 * Open the socket for `who` ("" lets the workspace choose) and keep it open.
 * `onFrame` gets each frame, `onLinked` true or false as the link comes and goes. Returns a function that ends it.
 */
export function connect(who, onFrame, onLinked) {
  person = who;
  let socket = null;
  let ended = false;
  let wait = FIRST_WAIT;

  const open = () => {
    if (ended) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(
      `${scheme}://${location.host}/page/socket${who ? `?person=${encodeURIComponent(who)}` : ""}`,
    );
    socket.addEventListener("message", (event) => {
      if (ended) return;
      const frame = JSON.parse(event.data);
      if (frame.type === "snapshot") {
        wait = FIRST_WAIT;
        person = frame.me;
        onLinked(true);
      }
      onFrame(frame);
    });
    socket.addEventListener("close", () => {
      if (ended) return;
      onLinked(false);
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  };
  open();
  return () => {
    ended = true;
    socket?.close();
  };
}

/**
 * Do something as the person being played. Never throws: `{ok: false, error}` holds one sentence for the
 * person.
 */
export async function act(what, body = {}) {
  try {
    const response = await fetch("/page/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ person, do: what, ...body }),
    });
    return await response.json();
  } catch {
    return { ok: false, error: "The workspace did not answer. Is it still running?" };
  }
}
