// Customer service: the newest orders, each with what has happened to it.
import { DESK_ORDERS } from "./desk_operations.js";
import { drawList, h } from "./dom.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { loading } from "./refusals.js";
import { instant, t } from "./texts.js";
import { timelineFold } from "./timeline.js";

const PAGE = 10;

/** A section that is read when it is unfolded. */
export function ordersSection() {
  const page = { list: h("ul", { class: "cards", id: "desk-orders" }), none: h("p", { hidden: true }, t("desk.orders_none")) };
  page.more = moreButton(page, PAGE, load);
  const place = h("div", {}, page.none, page.list, page.more);
  const fold = h("details", { class: "fold", id: "orders-fold", on: { toggle: () => fold.open && loading(place, () => load(page)) } },
    h("summary", {}, t("desk.orders_show")), place);
  return h("section", { "aria-labelledby": "orders-heading" }, h("h2", { id: "orders-heading" }, t("desk.orders")), fold);
}

function load(page) {
  return drawRows(page, async (which) => (await query(DESK_ORDERS, which)).orders, ({ nodes }) => {
    page.none.hidden = nodes.length > 0;
    drawList(page.list, nodes, ({ id }) => id, card);
  });
}

function card({ id, kind, stateLabel, createdAt, seeker }) {
  const name = [seeker?.firstName, seeker?.lastName].filter(Boolean).join(" ") || t("reports.nobody");
  const created = t("orders.created", { date: instant(createdAt) });
  return h("li", { class: "card" },
    h("h3", {}, `${t(`kind.${kind}`)}: ${name}`),
    h("p", {}, h("span", { class: "state" }, stateLabel), " ", created),
    timelineFold(id, `${name}, ${instant(createdAt)}`).element);
}
