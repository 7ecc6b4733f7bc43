// Plans of a contract: so many dates per day, week or month, agreed to once and for all of them.
import { actionButtons } from "./actions.js";
import { PLAN_ACTIONS, PLAN_APPOINTMENTS } from "./appointment_operations.js";
import { today } from "./berlin.js";
import { comerField } from "./comer.js";
import { announce, drawList, h } from "./dom.js";
import { field, form, input, radios, select, valuesOf } from "./forms.js";
import { slotsEditor, slotsIn } from "./plan_slots.js";
import { sendOperation } from "./sending.js";
import { day, instant, t, weekdays } from "./texts.js";

const INTERVALS = ["WEEK", "MONTH", "DAY"];

/** The section of a contract's plans; `update` takes the contract as it is now. */
export function plansSection(page, own) {
  const list = h("ul", { class: "cards", id: "plans" });
  const none = h("p", {}, t("plan.none"));
  const summary = h("summary", {});
  const making = h("details", { class: "fold", id: "make-plan", hidden: true }, summary, planForm(page, own));
  const element = h("section", { "aria-labelledby": "plans-heading" },
    h("h2", { id: "plans-heading" }, t("plan.title")), none, list, making);
  return { element, update: ({ plans, availableActions }) => {
    const standing = plans.filter(({ endedAt }) => !endedAt);
    const action = availableActions.find(({ code, available }) => available && code === "PLAN_APPOINTMENTS");
    none.hidden = standing.length > 0;
    making.hidden = !action;
    summary.textContent = action?.label ?? "";
    drawList(list, standing, ({ id }) => id, (each) => card(each, page));
  } };
}

function card(plan, page) {
  const item = h("li", { class: "card plan" });
  const press = ({ code, label }) => sendOperation(item, PLAN_ACTIONS[code],
    { planId: plan.id, ...(code === "AGREE_PLAN" && { ifVersion: plan.version }) }, async () => {
      announce(label);
      await page.reload();
      if (document.activeElement === document.body) document.querySelector("#make-plan summary").focus();
    });
  const facts = [
    t("plan.length", { minutes: plan.minutes }),
    plan.lastOn ? t("plan.between", { first: day(plan.firstOn), last: day(plan.lastOn) }) : t("plan.from", { first: day(plan.firstOn) }),
    plan.holidaysLabel,
    plan.assistant && t("appointments.comes", { name: plan.assistant.firstName }),
    plan.agreedAt ? t("plan.agreed", { moment: instant(plan.agreedAt) }) : waiting(plan, page),
    plan.plannedUntil && t("plan.until", { day: day(plan.plannedUntil) }),
  ];
  item.append(
    h("h3", {}, t(`plan.every.${plan.interval}`, { count: plan.slots.length, times: plan.slots.map((slot) => time(slot, plan)).join(", ") })),
    h("ul", { class: "facts" }, ...facts.filter(Boolean).map((text) => h("li", {}, text))),
    actionButtons(plan.availableActions.filter(({ available }) => available), plan.id, press));
  return item;
}

function waiting({ proposedBy }, { viewer }) {
  const mine = (proposedBy === "SEEKER") === (viewer.role === "SEEKER");
  return mine ? t("plan.waits_other") : t("plan.waits_you");
}

function time({ day: number, clock }, { interval }) {
  if (interval === "WEEK") return t("plan.at", { day: weekdays()[number - 1], clock });
  return interval === "MONTH" ? t("plan.on", { day: number, clock }) : clock;
}

function planForm(page, own) {
  const slots = h("div", {});
  const interval = select("interval", INTERVALS.map((code) => [code, t(`interval.${code}`)]), "WEEK", {
    on: { change: () => slots.replaceChildren(slotsEditor(interval.value)) },
  });
  slots.append(slotsEditor("WEEK"));
  const send = (element) => {
    const { minutes, firstOn, lastOn, holidays, assistantId } = valuesOf(element);
    return sendOperation(element, PLAN_APPOINTMENTS, {
      contractId: page.id, interval: interval.value, slots: slotsIn(slots), minutes: Math.round(Number(minutes ?? 0)),
      firstOn: firstOn ?? today(), lastOn: lastOn ?? null, holidays, assistantId: assistantId ?? null,
    }, async () => {
      element.closest("details").open = false;
      element.closest("details").querySelector("summary").focus();
      announce(t("plan.proposed"));
      await page.reload();
    });
  };
  return form({}, send, h("p", { class: "hint" }, t("plan.hint")),
    field(interval, t("field.interval")), slots,
    field(input("minutes", "number", "120", { min: "15", max: "1440", inputmode: "numeric" }), t("field.durationMinutes"), { required: true }),
    h("div", { class: "row" },
      field(input("firstOn", "date", today(), { min: today() }), t("contract.begins"), { required: true }),
      field(input("lastOn", "date", "", { min: today() }), t("contract.ends"), { hint: t("plan.open_end") })),
    comerField(own),
    radios("holidays", t("plan.holidays"), [["SKIP", t("no")], ["KEEP", t("yes")]], "SKIP"),
    h("div", { class: "form-end" }, h("button", {}, t("plan.send"))));
}
