// The fields of a span of time on the district's clocks, and how they read as input of the graph.
import { dayAfter, instantOf, today, wallTime } from "./berlin.js";
import { h } from "./dom.js";
import { field, input, valuesOf } from "./forms.js";
import { missing, showRefusal } from "./refusals.js";
import { clock, instant, t } from "./texts.js";

/** Day, from and until; `names` are those of the beginning and the end in the graph. */
export function spanFields([begins, ends], [first, last] = [null, null], limits = { min: today() }) {
  const [from, until] = [first && wallTime(first), last && wallTime(last)];
  return h("div", { class: "row" },
    h("div", { class: "row", "data-field": begins },
      field(input("date", "date", from?.date ?? "", limits), t("field.date"), { required: true }),
      field(input("from", "time", from?.time ?? ""), t("appointments.from"), { required: true })),
    h("div", { "data-field": ends },
      field(input("until", "time", until?.time ?? ""), t("appointments.until"), { required: true })));
}

/** What stands in the fields; null, and said at the fields, if something is missing. */
export function readSpan(element, [begins, ends]) {
  const { date, from, until } = valuesOf(element);
  if (!date || !from || !until) {
    showRefusal(element, missing(date && from ? ends : begins));
    return null;
  }
  // Who comes in the evening may go after midnight, but most often the two times were mixed up.
  const lastDay = until > from ? date : dayAfter(date);
  const span = { [begins]: instantOf(date, from), [ends]: instantOf(lastDay, until) };
  const sure = lastDay === date || window.confirm(t("appointments.overnight", { span: spanText(span[begins], span[ends]) }));
  return sure ? span : null;
}

/** A span as people read it; of one that goes past midnight also the day of the end. */
export function spanText(first, last) {
  const [begins, ends] = [wallTime(first), wallTime(last)];
  return t("appointments.span", { from: instant(first), until: begins.date === ends.date ? clock(last) : instant(last) });
}
