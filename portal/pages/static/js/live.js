// Subscriptions over one WebSocket (graphql-transport-ws) that comes back by itself.
import { actingFor } from "./acting.js";
import { language } from "./texts.js";

const LONGEST_PAUSE = 20_000;
const BEAT = 20_000;
const watches = new Map();
let socket = null;
let ready = false;
let failures = 0;
let timer = null;
let lastId = 0;
let heard = true;
let onState = () => {};

/** Tells whether the live connection stands: "up", "down" or "idle". */
export function whenStateChanges(listener) {
  onState = listener;
}

/**
 * Follows a subscription until the returned function is called.
 *
 * After a break it goes on behind the last event it saw, if the operation has `$after`. Where this
 * reaches too far back, or is refused, `onResync` is called instead of `onEvent`: read everything.
 * `onRefused` gets the error of an answer that says nothing else.
 */
export function watch(query, variables, { onEvent, onResync = () => {}, onRefused = () => {} }) {
  lastId += 1;
  const id = String(lastId);
  const resumes = query.includes("$after");
  watches.set(id, { query, variables, onEvent, onResync, onRefused, resumes, after: null, refused: false, timer: null });
  if (ready) subscribe(id);
  else connect();
  return () => stop(id);
}

/** Starts over with a new socket: who is signed in is settled when a socket opens. */
export function reconnect() {
  const old = socket;
  socket = null;
  ready = false;
  // A socket that is closed before it stands is reported as an error of the page.
  if (old?.readyState === WebSocket.CONNECTING) old.addEventListener("open", () => old.close(1000));
  else old?.close(1000);
  if (watches.size) connect();
}

function stop(id) {
  clearTimeout(watches.get(id)?.timer);
  if (!watches.delete(id)) return;
  if (ready) send({ id, type: "complete" });
  if (!watches.size) reconnect();
}

// A socket whose other end is gone looks open for minutes; an unanswered ping shows it.
setInterval(() => {
  if (!ready) return;
  if (!heard) socket.close();
  heard = false;
  send({ type: "ping" });
}, BEAT);
window.addEventListener("online", () => watches.size && connect());
// A socket without a network closes only after a while; until then it would pass for a live one.
window.addEventListener("offline", () => {
  const old = socket;
  if (old) lost();
  old?.close();
});

function connect() {
  if (socket) return;
  clearTimeout(timer);
  const url = new URL("/graphql", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const mine = new WebSocket(url, "graphql-transport-ws");
  socket = mine;
  mine.addEventListener("open", () => mine === socket && send({ type: "connection_init", payload: { acceptLanguage: language, ...(actingFor() ? { actingFor: actingFor() } : {}) } }));
  mine.addEventListener("message", ({ data }) => mine === socket && receive(JSON.parse(data)));
  mine.addEventListener("close", () => mine === socket && lost());
}

function lost() {
  socket = null;
  ready = false;
  if (!watches.size) return onState("idle");
  onState("down");
  timer = setTimeout(connect, pause());
  return undefined;
}

/** Milliseconds until the next try; longer each time, until a beat shows that it holds. */
function pause() {
  // Full jitter: after a restart of the portal not everybody knocks in the same second.
  const found = Math.min(LONGEST_PAUSE, 500 * 2 ** failures) * (0.2 + 0.8 * Math.random());
  failures += 1;
  return found;
}

function send(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function subscribe(id) {
  const watching = watches.get(id);
  clearTimeout(watching.timer);
  watching.refused = false;
  const { query, variables, resumes, after } = watching;
  const payload = { query, variables: resumes && after ? { ...variables, after } : variables };
  send({ id, type: "subscribe", payload });
}

function receive(message) {
  heard = true;
  if (message.type === "ping") send({ type: "pong" });
  if (message.type === "pong") failures = 0;
  if (message.type === "connection_ack") {
    ready = true;
    heard = true;
    onState("up");
    for (const id of watches.keys()) subscribe(id);
  }
  if (message.type === "next") deliver(message.id, message.payload);
  if (message.type === "error") refused(message.id);
  if (message.type === "complete") ended(message.id);
}

/** Nobody asked for this end: without a refusal the subscription has been lost, so it goes on. */
function ended(id) {
  const watching = watches.get(id);
  if (!watching) return;
  if (watching.refused) return refused(id);
  watching.timer = setTimeout(() => ready && subscribe(id), pause());
  return undefined;
}

/** A subscription that cannot go on behind its last event begins anew; any other has ended. */
function refused(id) {
  const watching = watches.get(id);
  if (!watching) return;
  const resumed = watching.after !== null;
  watching.after = null;
  if (resumed) subscribe(id);
  else watches.delete(id);
  watching.onResync();
}

function deliver(id, { data, errors }) {
  const watching = watches.get(id);
  if (!watching) return;
  const event = data && Object.values(data)[0];
  watching.refused = !event && Boolean(errors?.length);
  if (watching.refused) watching.onRefused(errors[0]);
  if (!event) return;
  watching.after = event.eventId ?? watching.after;
  if (event.__typename === "ResyncRequired") {
    watching.after = null;
    watching.onResync(event);
  } else {
    watching.onEvent(event);
  }
}
