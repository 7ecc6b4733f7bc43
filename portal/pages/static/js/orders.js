// A seeker's own orders, and beginning a new one.
import { drawList, h, showView } from "./dom.js";
import { form, radios, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { CREATE_ORDER, ORDERS } from "./operations.js";
import { sendOperation } from "./sending.js";
import { orderTitle } from "./summary.js";
import { day, instant, t } from "./texts.js";

const USUAL_MINUTES = 60;
const PAGE = 20;

/** Draws the overview. */
export async function showOrders(viewer) {
  const page = { list: h("ul", { class: "cards", id: "orders" }), heading: h("h2", { id: "own" }) };
  page.none = h("p", {}, t("orders.none"));
  page.more = moreButton(page, PAGE, load);
  await load(page);
  showView(t("orders.title"),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    newOrder(),
    h("section", { "aria-labelledby": "own" }, page.heading, page.none, page.list, page.more));
}

function load(page) {
  return drawRows(page, async (which) => (await query(ORDERS, which)).orders, ({ nodes, totalCount }) => {
    page.heading.textContent = t("orders.own", { number: totalCount });
    page.none.hidden = totalCount > 0;
    drawList(page.list, nodes, ({ id }) => id, card);
  });
}

function newOrder() {
  return h("section", { "aria-labelledby": "new" },
    h("h2", { id: "new" }, t("orders.new")),
    form({ id: "new-order" }, create,
      radios("kind", t("field.kind"), [
        ["ONE_OFF", t("kind.ONE_OFF")],
        ["RECURRING", t("kind.RECURRING")],
      ], "ONE_OFF"),
      h("div", { class: "form-end" }, h("button", {}, t("orders.create")))));
}

function create(element) {
  const { kind } = valuesOf(element);
  return sendOperation(element, CREATE_ORDER, { kind, durationMinutes: USUAL_MINUTES }, ({ id }) => {
    location.hash = `order=${id}`;
  });
}

function card(order) {
  return h("li", { class: "card" },
    h("h3", {}, h("a", { href: `#order=${order.id}` }, orderTitle(order))),
    h("p", {}, h("span", { class: "state" }, order.stateLabel), " ",
      t("orders.accepted", { number: order.acceptedCount })),
    h("p", { class: "when" }, dateOf(order)),
    h("p", {}, order.nextStep));
}

function dateOf({ startsAt, startDate, createdAt }) {
  if (startsAt) return t("orders.starts", { date: instant(startsAt) });
  if (startDate) return t("orders.starts", { date: day(startDate) });
  return t("orders.created", { date: instant(createdAt) });
}
