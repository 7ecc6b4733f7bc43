// A seeker's own orders, and beginning a new one.
import { h, showView } from "./dom.js";
import { form, radios, valuesOf } from "./forms.js";
import { isRefusal, mutate, query } from "./graph.js";
import { CREATE_ORDER, ORDERS } from "./operations.js";
import { clearRefusals, showFailure, showRefusal } from "./refusals.js";
import { orderTitle } from "./summary.js";
import { t } from "./texts.js";

const USUAL_MINUTES = 60;
const SHOWN = 50;

/** Draws the overview. */
export async function showOrders(viewer) {
  const { orders } = await query(ORDERS, { first: SHOWN });
  const list = h("ul", { class: "cards", id: "orders" }, ...orders.nodes.map(card));
  showView(t("orders.title"),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    newOrder(),
    h("section", { "aria-labelledby": "own" },
      h("h2", { id: "own" }, t("orders.own", { number: orders.totalCount })),
      orders.totalCount ? list : h("p", {}, t("orders.none"))));
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

async function create(element) {
  clearRefusals(element);
  try {
    const { kind } = valuesOf(element);
    const payload = await mutate(CREATE_ORDER, { kind, durationMinutes: USUAL_MINUTES });
    if (isRefusal(payload)) showRefusal(element, payload);
    else location.hash = `order=${payload.id}`;
  } catch (error) {
    showFailure(element, error);
  }
}

function card(order) {
  return h("li", { class: "card" },
    h("h3", {}, h("a", { href: `#order=${order.id}` }, orderTitle(order))),
    h("p", {}, h("span", { class: "state" }, order.stateLabel), " ",
      t("orders.accepted", { number: order.acceptedCount })),
    h("p", {}, order.nextStep));
}
