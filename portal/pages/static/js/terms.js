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

/** What stands in the fields of `timing`, as input; half a date is not sent. */
timing.read = (place) => {
  const value = (name) => place.querySelector(`[name="${name}"]`)?.value || null;
  if (place.querySelector('[name="interval"]')) {
    return { startDate: value("startDate"), interval: value("interval"), count: Number(value("count")) || null };
  }
  const [date, time] = [value("date"), value("time")];
  const needsDriving = place.querySelector('[name="needsDriving"]').checked;
  return date && time ? { startsAt: instantOf(date, time), needsDriving } : { needsDriving };
};

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
    field(input("durationMinutes", "number", order.durationMinutes, { min: "15", max: "1440", step: "15", inputmode: "numeric" }),
      t("field.durationMinutes"), { hint: t("draft.duration_hint") }),
    field(input("maxDistanceKm", "number", order.maxDistanceKm, { min: "1", max: "100", inputmode: "numeric" }),
      t("field.maxDistanceKm"), { hint: t("draft.distance_hint") }),
  ];
}

/** One changed field of `basics` as input. */
basics.read = ({ name, value }) => {
  if (name === "description") return { description: value };
  const number = value === "" ? null : Number(value);
  if (name === "durationMinutes" && number === null) return {};
  return { [name]: number };
};
