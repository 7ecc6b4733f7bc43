// Changing an order that people are asked for already: the form, and who is asked again.
import { offers } from "./actions.js";
import { activityChooser, catalogue, chosenIn } from "./activities.js";
import { announce, h, showView } from "./dom.js";
import { form } from "./forms.js";
import { query } from "./graph.js";
import { AMEND_ORDER, AMENDMENT } from "./operations.js";
import { qualitiesIn, qualityCatalogue, qualityChooser, reasonIn } from "./qualities.js";
import { clearRefusals, loading, showRefusal } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { basics, kindFields, timing } from "./terms.js";
import { t } from "./texts.js";
import { windowsEditor, windowsIn } from "./windows.js";

// Other times ask everybody again; other demands ask those whom the order fits no longer.
const TIMES = ["kind", "windows", "durationMinutes", "startsAt", "startDate", "interval", "count"];
const DEMANDS = ["activities", "needsDriving", "maxDistanceKm"];

/** Draws the form for an order that can be amended; `again` draws it anew. */
export async function showAmendment(id, again) {
  const { order, viewer: { user } } = await query(AMENDMENT, { id });
  if (!order || !offers(order, "AMEND_ORDER")) {
    showView(t("amend.gone"), h("p", {}, back(order)));
    return;
  }
  const page = { order, again, moved: user.municipality && user.municipality.id !== order.municipality.id && user.municipality.name };
  page.parts = await draw(order);
  page.before = read(page.parts);
  page.meaning = h("p", { id: "amend-meaning", class: "next-step", role: "status", tabindex: "-1" });
  page.form = form({ id: "amend-form", class: "paper" }, () => send(page), ...Object.values(page.parts),
    h("h2", {}, t("amend.meaning")), page.meaning,
    h("div", { class: "form-end" }, h("button", {}, t("amend.send"))));
  for (const event of ["input", "change"]) page.form.addEventListener(event, () => tell(page));
  showView(t("amend.title"), h("p", {}, back(order)), h("p", { class: "lead" }, t("amend.lead")),
    page.moved && h("p", { class: "note" }, t("amend.moved", { name: page.moved })), page.form);
  tell(page);
}

async function draw(order) {
  const when = h("div", {}, ...timing(order));
  const kind = kindFields(order.kind);
  kind.addEventListener("change", ({ target }) => when.replaceChildren(...timing({ ...order, kind: target.value })));
  return {
    kind, when, rest: h("div", {}, ...basics(order)),
    activities: activityChooser("activities", t("field.activities"), t("draft.activities_hint"),
      await catalogue(), order.activities.map(({ code }) => code)),
    windows: windowsEditor(t("field.windows"), order.windows),
    qualities: qualityChooser(await qualityCatalogue(), order.qualities, order.personalReason),
  };
}

/** What stands in the form, as input; what cannot be read is undefined. */
function read({ kind, when, rest, activities, windows, qualities }) {
  return {
    kind: kind.querySelector("input:checked").value, ...timing.read(when),
    ...Object.assign({}, ...[...rest.querySelectorAll("[name]")].map(basics.read)),
    activities: chosenIn(activities), windows: windowsIn(windows),
    qualities: qualitiesIn(qualities), personalReason: reasonIn(qualities),
  };
}

/** What is different from the order as it was read. */
function changed({ parts, before }) {
  const differs = ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]);
  return Object.fromEntries(Object.entries(read(parts)).filter(differs));
}

/** Who is asked again, in words. */
function meaning({ order, before, moved }, fields) {
  const names = Object.keys(fields);
  const number = order.acceptedCount;
  if (!names.length && !moved) return t("amend.nothing");
  if (moved || names.some((name) => TIMES.includes(name))) return t("amend.all", { number });
  const other = names.some((name) => DEMANDS.includes(name)) || (fields.qualities && musts(fields.qualities) !== musts(before.qualities));
  return other ? t("amend.some", { number }) : t("amend.quiet");
}

/** Wishes only decide who comes first. */
function musts(qualities) {
  return qualities.filter(({ must }) => must).map(({ code }) => code).sort().join();
}

function tell(page) {
  const sentence = meaning(page, changed(page));
  if (page.meaning.textContent !== sentence) page.meaning.textContent = sentence;
  return sentence;
}

async function send(page) {
  clearRefusals(page.form);
  const fields = changed(page);
  const unclear = Object.entries(fields).filter(([, value]) => value === undefined)
    .map(([field]) => ({ field, message: t("draft.unclear"), remedy: t("draft.unclear_remedy") }));
  if (unclear.length) return showRefusal(page.form, { problems: unclear });
  if (tell(page) === t("amend.nothing")) return page.meaning.focus();
  return loading(page.form, () => save(page, fields));
}

/** An acceptance makes the order newer without changing what it says: then nothing stands in the way. */
async function save(page, fields) {
  const { order } = await query(AMENDMENT, { id: page.order.id });
  if (!order || said(order) !== said(page.order)) {
    await page.again();
    const anew = document.querySelector("#amend-form");
    if (anew) showRefusal(anew, { message: t("draft.stale"), remedy: t("draft.stale_remedy") });
    return;
  }
  page.order = order;
  const sentence = tell(page);
  if (order.acceptedCount && sentence !== t("amend.quiet") && !window.confirm(`${sentence} ${t("amend.sure")}`)) return;
  await sendOperation(page.form, AMEND_ORDER, { orderId: order.id, ifVersion: order.version, ...fields }, () => {
    announce(t("amend.saved"));
    location.hash = `order=${order.id}`;
  });
}

function said({ kind, description, durationMinutes, needsDriving, startsAt, startDate, interval, count, windows, activities, qualities, personalReason, maxDistanceKm }) {
  return JSON.stringify([kind, description, durationMinutes, needsDriving, startsAt, startDate, interval, count,
    windows, activities.map(({ code }) => code), qualities, personalReason, maxDistanceKm]);
}

function back(order) {
  return h("a", { href: order ? `#order=${order.id}` : "#" }, `← ${order ? t("amend.back") : t("order.back")}`);
}
