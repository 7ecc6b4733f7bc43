// News on this device: subscribing the browser, and the list of all that are rung.
import { announce, drawList, h } from "./dom.js";
import { mutate, query } from "./graph.js";
import { DEVICES, REGISTER_DEVICE, REMOVE_DEVICE } from "./news_operations.js";
import { clearRefusals, showRefusal } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

const WORKER = "/pages/js/push_worker.js";
const MINE = "push-device"; // which of the listed devices this browser is

/** The section; nothing where the portal rings nobody. */
export async function devicesSection() {
  const { notificationPreferences: chosen } = await query(DEVICES);
  if (!chosen?.pushKey) return null;
  const page = { key: chosen.pushKey, list: h("ul", { class: "cards", id: "devices" }) };
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  page.begin = h("div", { class: "form-end" }, able
    ? h("button", { type: "button", id: "ring-here", on: { click: () => subscribe(page) } }, t("push.begin"))
    : h("p", { id: "cannot-ring" }, t("push.unable")));
  page.section = h("section", { "aria-labelledby": "devices-heading" },
    h("h2", { id: "devices-heading" }, t("push.title")), h("p", {}, t("push.what")), h("p", { class: "hint" }, t("push.hint")), page.begin, page.list);
  await draw(page, chosen.devices);
  return page.section;
}

/** Whoever is listed without being subscribed, or to another key, can begin anew. */
async function draw(page, devices) {
  drawList(page.list, devices, ({ id }) => id, (each) => card(each, page));
  page.begin.hidden = devices.some(({ id }) => id === localStorage.getItem(MINE)) && await isSubscribed(page.key);
}

function card({ id, createdAt }, page) {
  const mine = id === localStorage.getItem(MINE);
  const name = mine ? t("push.this") : t("push.other");
  const item = h("li", { class: "card device" });
  const remove = () => sendOperation(item, REMOVE_DEVICE, { deviceId: id }, async ({ devices }) => {
    if (mine) {
      localStorage.removeItem(MINE);
      await (await subscriptionHere())?.unsubscribe();
    }
    await draw(page, devices);
    announce(t("push.removed"));
  });
  item.append(h("h3", {}, name), h("p", {}, t("push.since", { moment: instant(createdAt) })),
    h("div", { class: "form-end" }, h("button", { type: "button", class: "quiet remove-device",
      "aria-label": t("push.remove_which", { name, moment: instant(createdAt) }), on: { click: remove } }, t("push.remove"))));
  return item;
}

async function subscribe(page) {
  clearRefusals(page.section);
  if (await Notification.requestPermission() !== "granted") {
    showRefusal(page.section, { message: t("push.denied"), remedy: t("push.denied_remedy") });
    return;
  }
  const subscription = await subscribed(page.key).catch(() => null);
  if (!subscription) {
    showRefusal(page.section, { message: t("push.failed"), remedy: t("push.failed_remedy") });
    return;
  }
  const { endpoint, keys: { p256dh, auth } } = subscription.toJSON();
  await sendOperation(page.section, REGISTER_DEVICE, { endpoint, p256dh, auth }, async ({ devices }) => {
    const [before, { id }] = [localStorage.getItem(MINE), devices.at(-1)]; // the newest comes last
    localStorage.setItem(MINE, id);
    const isTwice = before !== id && devices.some((each) => each.id === before);
    if (isTwice) await mutate(REMOVE_DEVICE, { deviceId: before });
    await draw(page, isTwice ? devices.filter((each) => each.id !== before) : devices);
    announce(t("push.added"));
  });
}

/** This browser's subscription to the portal's key; one to an earlier key is given up. */
async function subscribed(key) {
  const { pushManager } = await registration();
  const wanted = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await pushManager.subscribe(wanted);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(wanted);
  }
}

/** The worker's registration, once the worker can be woken. */
async function registration() {
  const found = await navigator.serviceWorker.register(WORKER);
  const worker = found.installing ?? found.waiting;
  if (worker) {
    await new Promise((done, fail) => {
      worker.addEventListener("statechange", () => {
        if (worker.state === "activated") done();
        if (worker.state === "redundant") fail(new Error("The worker was given up before it could be woken."));
      });
    });
  }
  return found;
}

async function isSubscribed(key) {
  const { applicationServerKey: known } = (await subscriptionHere().catch(() => null))?.options ?? {};
  return Boolean(known) && encoded(known) === key;
}

/** Base64url without padding, as the portal writes keys. */
function encoded(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function subscriptionHere() {
  const found = await navigator.serviceWorker.getRegistration(WORKER);
  return found?.pushManager.getSubscription();
}
