// The own contribution over income as a picture, with a table that says the same.
import { table } from "./contribution_result.js";
import { freshId, h } from "./dom.js";
import { dateOf, euro, t } from "./texts.js";

const [WIDTH, HEIGHT] = [400, 240];
const BOX = { left: 64, right: 388, top: 14, bottom: 196 };
const ROWS = 10;
const SVG = "http://www.w3.org/2000/svg";

/** A section with the plot of a curve and the person's own point, beside that of `then` behind a link. */
export function plotSection(curve, then = null) {
  const every = Math.ceil(curve.points.length / ROWS);
  const few = curve.points.filter((_point, at) => at % every === 0 || at === curve.points.length - 1);
  const marks = new Map([[curve.here, t("contribution.curve_here")]]);
  if (then) marks.set({ ...then, income: curve.here.income, incomeText: curve.here.incomeText }, was(then));
  const rows = [...few, ...marks.keys()].sort(byIncome);
  return h("section", { class: "paper", id: "curve", "aria-labelledby": "curve-heading" },
    h("h2", { id: "curve-heading" }, t("contribution.curve")),
    h("p", {}, t("contribution.curve_hint", { kind: curve.label })),
    then && h("p", { id: "then-and-now" }, thenAndNow(curve, then)),
    picture(curve, then),
    h("details", { class: "fold" },
      h("summary", {}, t("contribution.curve_table")),
      table(t("contribution.curve"), [t("contribution.curve_income"), t("contribution.curve_amount")],
        rows.map((point) => [
          marks.has(point) ? [point.incomeText, h("span", { class: "decided" }, marks.get(point))] : point.incomeText,
          point.text]))));
}

function was({ asOf }) {
  return t("contribution.then", { date: dateOf(asOf) });
}

function thenAndNow({ here }, then) {
  return t("contribution.curve_then", { now: here.text, date: dateOf(then.asOf), then: then.text });
}

function picture({ points, here }, then) {
  const [title, desc] = [freshId("plot-title"), freshId("plot-desc")];
  const most = Math.max(...points.map(({ income }) => Number(income)), Number(here.income), 1);
  const highest = ceiling(Math.max(...[...points, here, ...(then ? [then] : [])].map(({ amount }) => Number(amount))));
  const x = (income) => BOX.left + (Number(income) / most) * (BOX.right - BOX.left);
  const y = (amount) => BOX.bottom - (Number(amount) / highest) * (BOX.bottom - BOX.top);
  const at = ({ income, amount }) => `${x(income).toFixed(1)},${y(amount).toFixed(1)}`;
  const drop = { class: "drop", x1: x(here.income), x2: x(here.income), y1: y(here.amount), y2: BOX.bottom };
  return s("svg", { class: "curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": title, "aria-describedby": desc },
    s("title", { id: title }, t("contribution.curve")),
    s("desc", { id: desc }, t("contribution.curve_desc", {
      from: points[0]?.incomeText ?? here.incomeText, to: points.at(-1)?.incomeText ?? here.incomeText,
      income: here.incomeText, amount: here.text, highest: points.at(-1)?.text ?? here.text,
    }), then ? ` ${thenAndNow({ here }, then)}` : ""),
    ...[0, 0.5, 1].map((share) => s("line", { class: "grid", x1: BOX.left, x2: BOX.right, y1: y(highest * share), y2: y(highest * share) })),
    ...[0, 0.5, 1].map((share) => s("text", { class: "end", x: BOX.left - 6, y: y(highest * share) + 4 }, euro(highest * share))),
    ...[[0, ""], [0.5, "middle"], [1, "end"]].map(([share, anchor]) =>
      s("text", { class: anchor, x: x(most * share), y: BOX.bottom + 18 }, euro(most * share))),
    s("text", { class: "middle", x: (BOX.left + BOX.right) / 2, y: HEIGHT - 8 }, t("contribution.curve_income")),
    s("path", { class: "axis", d: `M${BOX.left} ${BOX.top}V${BOX.bottom}H${BOX.right}` }),
    s("polyline", { class: "line", points: [...points, here].sort(byIncome).map(at).join(" ") }),
    s("line", drop),
    s("circle", { class: "here", cx: x(here.income), cy: y(here.amount), r: 6 }),
    then ? s("circle", { class: "then", cx: x(here.income), cy: y(then.amount), r: 9 }) : "");
}

function byIncome(one, other) {
  return Number(one.income) - Number(other.income);
}

/** A round number not below, so that the axis reads well. */
function ceiling(value) {
  if (value <= 0) return 100;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((each) => each * power).find((each) => each >= value);
}

function s(tag, props, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
