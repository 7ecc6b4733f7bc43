// One order of a seeker: the draft while it is edited, afterwards its matches as they come.
import { draftForm } from "./draft.js";
import { h, showView } from "./dom.js";
import { query } from "./graph.js";
import { watch } from "./live.js";
import { matchesView } from "./matches.js";
import { ORDER_BY_ID, ORDER_CHANGED } from "./operations.js";
import { orderTitle } from "./summary.js";
import { t } from "./texts.js";
import { timelineFold } from "./timeline.js";

const LATER = 2000;

/** Draws the order and follows it; gives the function that stops following. */
export async function showOrder(id, viewer) {
  const page = { id, viewer, view: null, version: 0 };
  const { order } = await query(ORDER_BY_ID, { id });
  if (!order) {
    showView(t("order.gone"), h("p", {}, back()));
    return () => {};
  }
  draw(page, order);
  const reload = () => query(ORDER_BY_ID, { id }).then(
    ({ order: present }) => (present ? draw(page, present) : location.reload()),
    () => setTimeout(reload, LATER),
  );
  const stop = watch(ORDER_CHANGED, { orderId: id }, {
    onEvent: (event) => event.order && draw(page, event.order),
    onResync: reload,
  });
  return () => {
    stop();
    return page.view.stop();
  };
}

/** Brings the page to the state of `order`; an older one than shown is late and ignored. */
function draw(page, order) {
  if (order.version < page.version) return;
  page.version = order.version;
  const kind = order.state === "DRAFT" ? "draft" : "matches";
  if (page.view?.kind !== kind) open(page, kind, order);
  else page.view.update(order);
  page.timeline?.update();
}

function open(page, kind, order) {
  page.view?.stop();
  const changed = (next) => draw(page, next);
  page.view = kind === "draft" ? draftForm(order, page.viewer, changed) : matchesView(order, changed);
  page.view.kind = kind;
  page.timeline = kind === "draft" ? null : timelineFold(page.id);
  showView(kind === "draft" ? t("draft.title") : orderTitle(order), h("p", {}, back()), ...page.view.elements, page.timeline?.element);
}

function back() {
  return h("a", { href: "#" }, `← ${t("order.back")}`);
}
