// Fitting orders for an assistant or a provider, as they come: no name, no address.
import { actionButtons, takenBackOnce } from "./actions.js";
import { announce, drawList, h, showView } from "./dom.js";
import { explanation } from "./explanation.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { watch } from "./live.js";
import { MATCH_ACTIONS, SUGGESTIONS, SUGGESTIONS_CHANGED } from "./operations.js";
import { proofsSection } from "./proofs.js";
import { providerSection } from "./providers.js";
import { sendOperation } from "./sending.js";
import { orderSummary, orderTitle } from "./summary.js";
import { t } from "./texts.js";

const PAGE = 20;
const GATHER = 150;
const LATER = 2000;

/** Draws the list and follows it; gives the function that stops following. */
export async function showSuggestions(viewer, changed) {
  const page = { orders: null, answered: null, timer: null };
  page.list = h("ul", { class: "cards", id: "suggestions" });
  page.heading = h("h2", { id: "fitting", hidden: true });
  page.none = h("p", {}, t("suggestions.none"));
  page.more = moreButton(page, PAGE, load);
  showView(t("suggestions.title"),
    h("p", { class: "lead" }, t("suggestions.lead")),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    viewer.role === "COORDINATOR" && viewer.user.provider && h("p", {}, h("a", { href: "#team", id: "to-team" }, t("team.title"))),
    await providerSection(viewer, changed),
    h("section", { "aria-labelledby": "fitting" }, page.heading, page.none, page.list, page.more),
    viewer.role === "COORDINATOR" && await proofsSection());
  await load(page);
  // Several events of one moment are answered by reading the list once.
  const soon = (_event, pause = GATHER) => {
    clearTimeout(page.timer);
    page.timer = setTimeout(() => load(page).catch(() => soon(null, LATER)), pause);
  };
  const stop = watch(SUGGESTIONS_CHANGED, {}, { onEvent: soon, onResync: soon });
  return () => {
    stop();
    clearTimeout(page.timer);
  };
}

function load(page) {
  return drawRows(page, async (which) => (await query(SUGGESTIONS, which)).suggestedOrders, ({ nodes, totalCount }) => {
    page.heading.textContent = t("suggestions.count", { number: totalCount });
    page.heading.hidden = false;
    page.none.hidden = nodes.length > 0;
    drawList(page.list, nodes, ({ id }) => id, (order) => card(order, page));
    tell(page, new Set(nodes.map(({ id }) => id)), totalCount);
  });
}

/** Says aloud what came and what was taken back since the last time. */
function tell(page, ids, total) {
  const before = page.orders;
  page.orders = { ids, total, number: page.number };
  if (before?.number !== page.number) return; // more of them were asked for, or it is the first time
  const fresh = [...ids].filter((id) => !before.ids.has(id)).length;
  const gone = [...before.ids].filter((id) => !ids.has(id) && id !== page.answered).length;
  // An order that newer ones pushed onto the next page has not gone.
  const fewer = Math.min(gone, before.total + fresh - total);
  const sentences = [
    fresh > 0 && t("suggestions.new", { number: fresh }),
    fewer > 0 && t("suggestions.gone", { number: fewer }),
  ].filter(Boolean);
  if (sentences.length) announce(sentences.join(" "));
}

function card(order, page) {
  const match = order.myMatch;
  const press = ({ code }) => sendOperation(item, MATCH_ACTIONS[code], { matchId: match.id, ifVersion: match.version }, ({ stateLabel }) => {
    announce(stateLabel);
    page.answered = order.id;
    return load(page);
  });
  const item = h("li", { class: "card suggestion" },
    h("h3", {}, orderTitle(order)),
    match && h("p", {}, h("span", { class: "state" }, match.stateLabel)),
    orderSummary(order),
    match && explanation(match.explanation),
    match && h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", match.nextStep),
    match && match.state !== "SUGGESTED" && h("p", {}, h("a", { href: `#match=${match.id}`, class: "to-match" }, t("suggestions.open"))),
    h("div", { class: "form-end" }, match && actionButtons(offered(match), match.id, press)));
  return item;
}

function offered(match) {
  return takenBackOnce(match.availableActions.filter((action) => isOffered(action, match)));
}

/** What can be done, and the two answers as long as one is awaited, even if something blocks them. */
function isOffered({ code, available }, { state }) {
  return available || (state === "SUGGESTED" && ["ACCEPT_ORDER", "DECLINE_ORDER"].includes(code));
}
