// Which view belongs to the viewer and to the address, and what stands around it.
import { showAbsences } from "./absences.js";
import { showAccount } from "./account.js";
import { actForOneself } from "./acting.js";
import { showAmendment } from "./amend.js";
import { showAppointments } from "./appointments.js";
import { showBlocks } from "./blocks.js";
import { showConsents } from "./consents.js";
import { showConversations } from "./conversations.js";
import { showDelegations } from "./delegations.js";
import { showDesk } from "./desk.js";
import { drawService } from "./district.js";
import { h, showView } from "./dom.js";
import { guardFocus } from "./focus.js";
import { startFrame } from "./frame.js";
import { showFunding } from "./funding.js";
import { forgetTyping, holdsUnsent, keepTyping, noticeTyping, restoreTyping } from "./kept.js";
import { reconnect, whenStateChanges } from "./live.js";
import { showMatch } from "./match.js";
import { showNews } from "./news.js";
import { showOrder } from "./order.js";
import { showOrders } from "./orders.js";
import { showForgotten, showReset } from "./password.js";
import { hasProfile, showProfile } from "./profile.js";
import { forgetRefusal, loading } from "./refusals.js";
import { showConfirmation, showDraft, showRegistration } from "./register.js";
import { showSecondFactor } from "./second_factor.js";
import { dropRefusal, repeatRefusal } from "./sending.js";
import { PARTIES, signOut, viewer as askViewer } from "./session.js";
import { showStart } from "./start.js";
import { heldStep, leaveStep } from "./step.js";
import { showSuggestions } from "./suggestions.js";
import { showTalk, waitsForTalk } from "./talk.js";
import { showTeam } from "./team.js";
import { t, useLanguage } from "./texts.js";
import { newsLink } from "./unread.js";
import { showWaiting } from "./waiting.js";

const HOMES = {
  SEEKER: showOrders,
  REPRESENTATIVE: showDelegations,
  ASSISTANT: showSuggestions,
  COORDINATOR: showSuggestions,
  CUSTOMER_SERVICE: showDesk,
  ADMINISTRATION: showDesk,
};
const DOORS = { register: showRegistration, draft: showDraft };
let leave = () => {};
let turn = 0;
let address = location.hash;
let drawn = Promise.resolve();

/** Draws the view for the present viewer and address: one after the other, so that the newest is what stays. */
function route() {
  turn += 1;
  const mine = turn;
  drawn = drawn.then(() => mine === turn && draw(mine));
  return drawn;
}

async function draw(mine) {
  await leave();
  leave = () => {};
  forgetRefusal();
  try {
    const viewer = await askViewer();
    if (mine !== turn) return;
    drawWho(viewer);
    const stop = await (heldStep() ?? view)(viewer);
    if (mine === turn) leave = stop ?? (() => {});
    else stop?.();
  } catch (error) {
    if (mine === turn) failed(error);
  }
}

function view(viewer) {
  const [name, value] = location.hash.slice(1).split("=");
  if (name === "confirm-email") return showConfirmation(value);
  if (name === "reset-password") return showReset(value);
  if (name === "forgotten") return showForgotten(viewer.user?.email);
  if (viewer.role === "ANONYMOUS") return (DOORS[name] ?? (() => showStart(go)))(value);
  if (viewer.needsSecondFactor || name === "second-factor") return showSecondFactor(viewer, home);
  if (viewer.owesConsent || name === "consents") return showConsents(viewer, home, go);
  if (viewer.role === "SEEKER" && !viewer.actsAs && name === "delegations") return showDelegations(viewer, home);
  if (!viewer.actsAs && name === "account") return showAccount(viewer, home, go);
  if (["ASSISTANT", "COORDINATOR"].includes(viewer.role) && name === "absences") return showAbsences(viewer);
  if (viewer.role === "SEEKER" && name === "funding") return showFunding(value);
  if (hasProfile(viewer) && name === "profile") return showProfile(viewer);
  if (viewer.role === "SEEKER" && name === "order") return showOrder(value, viewer);
  if (viewer.role === "SEEKER" && name === "amend") return showAmendment(value, go);
  if (PARTIES.includes(viewer.role) && name === "blocks") return showBlocks();
  if (PARTIES.includes(viewer.role) && name === "match") return showMatch(value, viewer);
  if (PARTIES.includes(viewer.role) && name === "appointments") return showAppointments(value, viewer);
  if (PARTIES.includes(viewer.role) && name === "conversations") return showConversations(value, viewer);
  if (name === "news") return showNews(viewer);
  if (viewer.role === "COORDINATOR" && name === "team") return showTeam(viewer);
  if (waitsForTalk(viewer)) return showTalk(viewer, home);
  const show = () => HOMES[viewer.role](viewer, home);
  return viewer.user.state === "REGISTERED" ? showWaiting(viewer, show, go) : show();
}

function home() {
  if (location.hash) location.hash = "";
  else go();
}

/** To what the address says, whatever stood there before. */
function go() {
  leaveStep();
  forgetTyping();
  dropRefusal();
  return route();
}

/** To another address, unless somebody stays with what is filled in and not sent. */
function move() {
  if (location.hash === address) return;
  if (holdsUnsent() && !window.confirm(t("leave.sure"))) {
    history.replaceState(null, "", address || location.pathname);
    return;
  }
  address = location.hash;
  go();
}

/** Draws the same view in another language, with everything that was filled in. */
async function speak(wanted) {
  const counts = await useLanguage(wanted);
  if (!counts()) return;
  keepTyping();
  reconnect();
  drawService();
  await route();
  if (!counts()) return;
  restoreTyping();
  await repeatRefusal();
}

function drawWho(viewer) {
  const place = document.querySelector("#who");
  const focused = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
  place.replaceChildren(...whoIs(viewer).filter(Boolean));
  // Whoever has pressed something there waits in the page until the new view takes the focus.
  if (focused !== false) (place.querySelector(`[href="${focused}"]`) ?? document.querySelector("#main")).focus();
}

function whoIs(viewer) {
  const news = newsLink(viewer);
  if (viewer.role === "ANONYMOUS") return [];
  const name = [viewer.user?.firstName, viewer.user?.lastName].filter(Boolean).join(" ");
  const leaveButton = h("button", { type: "button", class: "quiet", id: "sign-out", on: { click: () => loading(document.querySelector("#who"), async () => {
    await signOut();
    home();
  }) } }, t("page.sign_out"));
  return viewer.actsAs ? [
    h("p", { id: "viewer", class: "acting" }, t("delegations.acting", { name })),
    news,
    !waitsForTalk(viewer) && h("a", { href: "#appointments" }, t("appointments.title")),
    !waitsForTalk(viewer) && h("a", { href: "#funding" }, t("funding.title")),
    h("a", { href: "#profile" }, t("profile.theirs")),
    viewer.actsAs === "GUARDIAN" && h("a", { href: "#consents" }, t("consents.title")),
    h("button", { type: "button", class: "quiet", id: "stop-acting", on: { click: stopActing } }, t("delegations.stop"))] : [
    h("p", { id: "viewer" }, t("page.signed_in", { name, role: t(`role.${viewer.role}`) })),
    news,
    PARTIES.includes(viewer.role) && !waitsForTalk(viewer) && h("a", { href: "#appointments" }, t("appointments.title")),
    viewer.role === "SEEKER" && !waitsForTalk(viewer) && h("a", { href: "#funding" }, t("funding.title")),
    viewer.role === "SEEKER" && h("a", { href: "#delegations" }, t("delegations.title")),
    viewer.role === "ASSISTANT" && !waitsForTalk(viewer) && h("a", { href: "#absences" }, t("absences.title")),
    hasProfile(viewer) && h("a", { href: "#profile" }, t("profile.title")),
    h("a", { href: "#account", id: "account" }, t("account.title")), leaveButton];
}

function stopActing() {
  actForOneself();
  reconnect();
  home();
}

function failed(error) {
  if (error.code === "ACTING_REFUSED" || error.code === "SIGN_IN_REQUIRED") actForOneself();
  if (error.code === "ID_MALFORMED") {
    showView(t("error.link"), h("p", {}, t("error.link_remedy")), h("p", {}, h("a", { class: "button", href: "#" }, t("done.home"))));
    return;
  }
  const sentence = error instanceof TypeError ? t("error.network") : [error.message, error.remedy].filter(Boolean).join(" ");
  showView(t("error.title"),
    h("p", { class: "refusal", role: "alert" }, sentence),
    h("button", { type: "button", on: { click: go } }, t("error.retry")));
}

async function start() {
  await startFrame(speak);
  whenStateChanges((state) => {
    document.querySelector("#connection").textContent = t(`live.${state}`);
  });
  window.addEventListener("hashchange", move);
  window.addEventListener("beforeunload", (event) => holdsUnsent() && event.preventDefault());
  noticeTyping();
  guardFocus();
  drawService();
  await route();
}

start();
