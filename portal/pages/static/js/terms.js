// The fields of a draft beside activities and windows, and how they read as input of the graph.
import { instantOf, today, wallTime } from "./berlin.js";
import { h } from "./dom.js";
import { check, field, input, radios, select } from "./forms.js";
import { t } from "./texts.js";

/** The choice between the two kinds of order. */
export function kindFields(kind) {
  return radios("kind", t("field.kind"), ["ONE_OFF", "RECURRING"].map((value) => [value, t(`kind.${value}`)]), kind);
}

/** When: one date, or dates that repeat. */
export function timing(order) {
  return order.kind === "ONE_OFF" ? once(order) : repeated(order);
}

/** What stands in the fields of `timing`, as input; half a date is undefined. */
timing.read = (place) => {
  const control = (name) => place.querySelector(`[name="${name}"]`);
  if (control("interval")) {
    return { startDate: plain(control("startDate")), interval: plain(control("interval")), count: whole(control("count")) };
  }
  const [date, time] = [plain(control("date")), plain(control("time"))];
  const startsAt = date && time ? instantOf(date, time) : undefined;
  return { startsAt: date === null && time === null ? null : startsAt, needsDriving: control("needsDriving").checked };
};

/** What a control holds; null if it is empty, undefined if it cannot be read yet. */
function plain({ value, validity }) {
  return validity.badInput ? undefined : value || null;
}

function whole(control) {
  const value = plain(control);
  const number = Number(value);
  // The graph knows whole numbers of 32 bits.
  return value && ((number | 0) === number ? number : undefined);
}

function once({ startsAt, needsDriving }) {
  const wall = startsAt ? wallTime(startsAt) : { date: "", time: "" };
  return [
    h("fieldset", { "data-field": "startsAt", tabindex: "-1" },
      h("legend", {}, t("field.startsAt")),
      h("div", { class: "row" },
        field(input("date", "date", wall.date, { min: today() }), t("field.date")),
        field(input("time", "time", wall.time, { step: "900" }), t("field.time")))),
    h("div", { "data-field": "needsDriving" }, check("needsDriving", t("field.needsDriving"), needsDriving)),
  ];
}

function repeated({ startDate, interval, count }) {
  const choices = [["", t("form.choose")], ...["DAY", "WEEK", "MONTH"].map((value) => [value, t(`interval.${value}`)])];
  return [
    field(input("startDate", "date", startDate, { min: today() }), t("field.startDate")),
    field(select("interval", choices, interval ?? ""), t("field.interval")),
    field(input("count", "number", count, { min: "1", max: "28", inputmode: "numeric" }), t("field.count"),
      { hint: t("draft.count_hint") }),
  ];
}

/** Description, length and distance. */
export function basics(order) {
  return [
    field(h("textarea", { name: "description", rows: "5", value: order.description ?? "" }), t("field.description"),
      { hint: t("draft.description_hint") }),
    field(input("durationMinutes", "number", order.durationMinutes, { min: "15", max: "1440", inputmode: "numeric" }),
      t("field.durationMinutes"), { hint: t("draft.duration_hint") }),
    field(input("maxDistanceKm", "number", order.maxDistanceKm, { min: "1", max: "100", inputmode: "numeric" }),
      t("field.maxDistanceKm"), { hint: t("draft.distance_hint") }),
  ];
}

/** One changed field of `basics` as input. */
basics.read = (control) => {
  const { name, value } = control;
  if (name === "description") return { description: value };
  // There is no order without a duration.
  return { [name]: name === "durationMinutes" ? whole(control) ?? undefined : whole(control) };
};
