// News on this device: subscribing the browser, and the list of all that are rung.
import { announce, drawList, h } from "./dom.js";
import { query } from "./graph.js";
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
  draw(page, chosen.devices);
  return page.section;
}

function draw(page, devices) {
  page.begin.hidden = devices.some(({ id }) => id === localStorage.getItem(MINE));
  drawList(page.list, devices, ({ id }) => id, (each) => card(each, page));
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
    draw(page, devices);
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
  await sendOperation(page.section, REGISTER_DEVICE, { endpoint, p256dh, auth }, ({ devices }) => {
    localStorage.setItem(MINE, devices.at(-1).id); // the newest comes last
    draw(page, devices);
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
    await new Promise((done) => { worker.addEventListener("statechange", () => worker.state === "activated" && done()); });
  }
  return found;
}

async function subscriptionHere() {
  const found = await navigator.serviceWorker.getRegistration(WORKER);
  return found?.pushManager.getSubscription();
}
