// What an order is about, as people read it: the same words for both sides.
import { h } from "./dom.js";
import { day, instant, t } from "./texts.js";

/** The terms of an order as a list of descriptions. */
export function orderSummary(order) {
  const rows = [
    [t("field.description"), order.description],
    [t("field.when"), when(order)],
    [t("field.duration"), t("summary.minutes", { minutes: order.durationMinutes })],
    [t("field.activities"), order.activities?.map(({ label }) => label).join(", ")],
    [t("summary.windows"), order.windows?.map(windowText).join(", ")],
    [t("field.needsDriving"), order.kind === "ONE_OFF" && (order.needsDriving ? t("yes") : t("no"))],
    [t("field.place"), order.municipality?.name],
    [t("field.distance"), order.myMatch?.distanceClass],
  ].filter(([, value]) => value);
  return h("dl", { class: "summary" }, ...rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]));
}

/** One line that names an order in a list. */
export function orderTitle(order) {
  return `${t(`kind.${order.kind}`)}: ${shortened(order.description) || t("orders.untitled")}`;
}

function when(order) {
  if (order.kind === "ONE_OFF") return order.startsAt && instant(order.startsAt);
  if (!order.startDate || !order.interval || !order.count) return null;
  return t(`summary.every.${order.interval}`, { count: order.count, day: day(order.startDate) });
}

function windowText({ weekdayLabel, start, end }) {
  return `${weekdayLabel} ${start.slice(0, 5)}–${end.slice(0, 5)}`;
}

function shortened(text) {
  const line = (text ?? "").trim().split("\n")[0];
  return line.length > 70 ? `${line.slice(0, 68).trimEnd()} …` : line;
}
