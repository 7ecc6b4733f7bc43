// One match for both sides: where it stands, who comes, the meetings and the contract, live.
import { actionButtons, takenBackOnce } from "./actions.js";
import { contractSection } from "./contract.js";
import { conversationSection } from "./conversation.js";
import { announce, h, showView } from "./dom.js";
import { explanation } from "./explanation.js";
import { query } from "./graph.js";
import { watch } from "./live.js";
import { meetingsSection } from "./meetings.js";
import { drawNewest } from "./newest.js";
import { nominationsSection } from "./nominations.js";
import { MATCH_ACTIONS, MATCH_BY_ID, ORDER_CHANGED, SUGGESTIONS_CHANGED } from "./operations.js";
import { safetySection } from "./safety.js";
import { sendOperation } from "./sending.js";
import { orderSummary } from "./summary.js";
import { day, instant, t } from "./texts.js";
import { timelineFold } from "./timeline.js";

const GATHER = 150;
const LATER = 2000;

/** Draws the match and follows it; gives the function that stops following. */
export async function showMatch(id, viewer) {
  const page = { id, viewer, print: null, told: null, timer: null, state: null };
  const { match } = await query(MATCH_BY_ID, { id });
  if (!match) {
    showView(t("match.gone"), h("p", {}, back()));
    return () => {};
  }
  page.body = h("div", { id: "match" });
  const safety = safetySection(id);
  const talk = match.conversation && conversationSection(match.conversation.id, safety.about, nameOf(match, viewer));
  page.timeline = viewer.role === "SEEKER" ? null : timelineFold(match.order.id);
  showView(t("match.title"), h("p", {}, back(match, viewer)), page.body, talk?.element, page.timeline?.element, safety.element);
  page.reload = () => drawNewest(page, () => query(MATCH_BY_ID, { id }), ({ match: present }) => {
    if (present) draw(page, present);
    else location.hash = "";
  });
  draw(page, match);
  const soon = (_event, pause = GATHER) => {
    clearTimeout(page.timer);
    page.timer = setTimeout(() => page.reload().catch(() => soon(null, LATER)), pause);
  };
  const seeks = viewer.role === "SEEKER";
  const stop = watch(seeks ? ORDER_CHANGED : SUGGESTIONS_CHANGED, seeks ? { orderId: match.order.id } : {},
    { onEvent: soon, onResync: soon });
  return () => {
    stop();
    talk?.stop();
    clearTimeout(page.timer);
  };
}

/** Brings the page to the state of the match, unless somebody is filling something in. */
function draw(page, match) {
  const print = JSON.stringify(match);
  tell(page, match);
  if (print === page.print) return;
  const writes = page.body.querySelector("form[data-touched]");
  if (writes && page.state === match.state) return;
  page.print = print;
  page.timeline?.update();
  page.state = match.state;
  page.body.replaceChildren(...parts(page, match).filter(Boolean));
  for (const form of page.body.querySelectorAll("form")) {
    form.addEventListener("input", () => form.setAttribute("data-touched", ""));
  }
}

/** Says aloud what is other than before, whoever did it. */
function tell(page, match) {
  const before = page.told;
  page.told = new Map([
    ["match", match.stateLabel],
    ...(match.nominations ?? []).map(({ id, firstName, stateLabel }) => [id, `${firstName}: ${stateLabel}`]),
    ...(match.meetings ?? []).map((each) => [each.id, [`${each.kindLabel}: ${each.stateLabel}`, ...momentsOf(each)].join(", ")]),
    ...(match.contracts ?? []).map(({ id, stateLabel, endsOn }) =>
      [id, [`${t("contract.title")}: ${stateLabel}`, ...(endsOn ? [`${t("contract.ends")}: ${day(endsOn)}`] : [])].join(", ")]),
    ...(match.contracts ?? []).flatMap(({ id, consents }) => consents.filter(({ counts }) => counts)
      .map(({ side, at }) => [`${id} ${side}`, t(`contract.agreed.${side}`, { moment: instant(at) })])),
  ]);
  if (!before) return;
  const news = [...page.told].filter(([key, sentence]) => before.get(key) !== sentence).map(([, sentence]) => sentence);
  if (news.length) announce(news.join(". "));
}

function momentsOf({ startsAt, dates }) {
  return startsAt ? [instant(startsAt)] : dates.map((each) => instant(each.startsAt));
}

function parts(page, match) {
  const status = h("section", { class: "status", "aria-labelledby": "stands" });
  const press = async (action) => {
    if (page.viewer.role === "SEEKER" && !window.confirm(t(`confirm.${action.code}`))) return;
    await sendOperation(status, MATCH_ACTIONS[action.code], { matchId: match.id, ifVersion: match.version }, page.reload);
  };
  status.append(
    h("h2", { id: "stands" }, otherSide(match, page.viewer)),
    h("p", {}, h("span", { class: "state", id: "match-state" }, match.stateLabel)),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", match.nextStep),
    actionButtons(takenBackOnce(match.availableActions.filter(({ code, available }) => code in MATCH_ACTIONS && available)), match.id, press));
  return [
    status,
    h("section", { "aria-labelledby": "terms" }, h("h2", { id: "terms" }, page.viewer.role === "SEEKER" ? t("matches.terms") : t("match.terms")), orderSummary(match.order)),
    page.viewer.role === "SEEKER" && profileSection(match),
    nominationsSection(match, page),
    meetingsSection(match, page),
    contractSection(match, page),
  ];
}

/** What the other side says of itself: by that a seeker decides. */
function profileSection({ assistant, provider, distanceClass, explanation: points }) {
  const rows = [
    [t("profile.introduction"), assistant?.introduction ?? provider?.introduction],
    [t("field.activities"), assistant?.activities?.map(({ label }) => label).join(", ")],
    [t("field.provider"), assistant?.provider?.name],
    [t("field.distance"), distanceClass],
  ].filter(([, value]) => value);
  return h("section", { "aria-labelledby": "profile" }, h("h2", { id: "profile" }, t("match.profile")),
    h("dl", { class: "summary" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    explanation(points, "h3"));
}

function otherSide(match, viewer) {
  return nameOf(match, viewer) ?? t("match.title");
}

/** What the other side is called, as far as it may be known. */
function nameOf({ order, assistant, nominee, provider }, { role }) {
  return role === "SEEKER" ? assistant?.firstName ?? nominee?.firstName ?? provider?.name : order.seeker?.firstName;
}

function back(match, viewer) {
  const order = match && viewer?.role === "SEEKER";
  return h("a", { href: order ? `#order=${match.order.id}` : "#" }, `← ${t("match.back")}`);
}
