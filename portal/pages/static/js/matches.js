// A released order: its state, what comes next, and everybody who accepted, live.
import { actionButtons } from "./actions.js";
import { announce, drawList, h } from "./dom.js";
import { explanation } from "./explanation.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { drawNewest } from "./newest.js";
import { MATCH_ACTIONS, ORDER_ACTIONS, ORDER_MATCHES } from "./operations.js";
import { loading } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { orderSummary } from "./summary.js";
import { instant, t } from "./texts.js";

const ENDED = ["COMPLETED", "WITHDRAWN", "EXPIRED"];

/** The view of a released order; `changed` takes an order that an action gave back. */
export function matchesView(first, changed) {
  const status = h("div", { class: "status" });
  const list = h("ul", { class: "cards", id: "matches" });
  const none = h("p", { id: "no-matches" });
  const heading = h("h2", { id: "matches-heading" });
  const aside = h("aside", { "aria-labelledby": "aside-heading" },
    h("h2", { id: "aside-heading" }, t("matches.status")), status);
  const place = h("div", {});
  const section = h("section", { "aria-labelledby": "matches-heading" }, heading, place, none, list);
  const summary = h("div", {});
  let known = null;

  const update = (order) => {
    const hints = ENDED.includes(order.state) ? [] : order.qualityWarnings;
    summary.replaceChildren(orderSummary(order), ...hints.map(({ message }) => h("p", { class: "hint" }, message)));
    heading.textContent = t("matches.title", { number: order.acceptedCount });
    none.textContent = ENDED.includes(order.state) ? t("matches.ended") : t("matches.none");
    drawStatus(status, order, changed);
    loading(place, () => drawNewest(list, () => everyMatch(order), (matches) => {
      none.hidden = matches.length > 0;
      drawList(list, matches, ({ id }) => id, card);
      known = tell(known, order, matches);
    }), { focus: false });
  };
  update(first);
  return {
    elements: [h("div", { class: "with-aside" }, aside, h("div", {}, section, terms(summary)))],
    update,
    stop: () => {},
  };
}

function terms(summary) {
  return h("section", { "aria-labelledby": "terms" }, h("h2", { id: "terms" }, t("matches.terms")), summary);
}

/** Those that an order brings along, or all of them where there are more. */
async function everyMatch({ id, matches: { nodes, pageInfo } }) {
  if (!pageInfo.hasNextPage) return nodes;
  const all = await firstRows(async (which) => (await query(ORDER_MATCHES, { ...which, id })).order.matches);
  return all.nodes;
}

/** Says aloud what is new since the last time. */
function tell(before, order, matches) {
  const names = new Map(matches.map((match) => [match.id, nameOf(match)]));
  if (before) {
    const fresh = [...names].filter(([id]) => !before.names.has(id)).map(([, name]) => name);
    if (fresh.length) announce(t("matches.new", { names: fresh.join(", ") }));
    else if (before.state !== order.state) announce(t("matches.state", { state: order.stateLabel }));
  }
  return { names, state: order.state };
}

function drawStatus(status, order, changed) {
  const print = JSON.stringify([order.stateLabel, order.nextStep, order.suggestedCount, order.suggestedProviderCount, order.acceptedCount, order.expiresAt, order.availableActions]);
  if (status.dataset.print === print) return;
  status.dataset.print = print;
  const press = async (action) => {
    if (action.code === "AMEND_ORDER") {
      location.hash = `amend=${order.id}`;
      return;
    }
    if (action.code === "WITHDRAW_ORDER" && !window.confirm(t("confirm.WITHDRAW_ORDER"))) return;
    await sendOperation(status, ORDER_ACTIONS[action.code], { orderId: order.id, ifVersion: order.version }, (next) => {
      if (action.code === "COPY_ORDER") location.hash = `order=${next.id}`;
      else changed(next);
    });
  };
  status.replaceChildren(...[
    h("p", {}, h("span", { class: "state", id: "order-state" }, order.stateLabel)),
    h("p", { id: "suggested-count" }, t("matches.suggested", { number: order.suggestedCount ?? 0 })),
    order.suggestedProviderCount > 0 && h("p", { id: "suggested-providers" }, t("matches.suggested_providers", { number: order.suggestedProviderCount })),
    h("p", { id: "accepted-count" }, t("matches.accepted", { number: order.acceptedCount })),
    order.expiresAt && !ENDED.includes(order.state) && h("p", {}, t("matches.open_until", { date: instant(order.expiresAt) })),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", order.nextStep),
    actionButtons(order.availableActions.filter(isOffered), order.id, press),
  ].filter(Boolean));
}

function isOffered({ code, available }) {
  return available && (code in ORDER_ACTIONS || code === "AMEND_ORDER");
}

function nameOf(match) {
  return match.assistant?.firstName ?? match.provider?.name ?? "";
}

function card(match) {
  const { assistant } = match;
  const provider = match.provider ?? assistant?.provider;
  const item = h("li", { class: "card match" });
  const press = async ({ code }) => {
    if (!window.confirm(t(`confirm.${code}`))) return;
    await sendOperation(item, MATCH_ACTIONS[code], { matchId: match.id, ifVersion: match.version }, () => {
      location.hash = `match=${match.id}`;
    });
  };
  item.append(...[
    h("h3", {}, h("a", { href: `#match=${match.id}` }, nameOf(match))),
    h("p", {}, h("span", { class: "state" }, match.stateLabel), " ", t(`acceptor.${match.kind}`)),
    h("p", {}, assistant?.introduction ?? match.provider?.introduction ?? ""),
    assistant?.activities?.length > 0 && h("p", {},
      h("strong", {}, `${t("matches.offers")} `), assistant.activities.map(({ label }) => label).join(", ")),
    assistant && provider?.name && h("p", {}, t("matches.with_provider", { name: provider.name })),
    match.distanceClass && h("p", {}, h("strong", {}, `${t("field.distance")}: `), match.distanceClass),
    explanation(match.explanation),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", match.nextStep),
    actionButtons(match.availableActions.filter(({ code, available }) => available && code in MATCH_ACTIONS), match.id, press),
  ].filter(Boolean));
  return item;
}
