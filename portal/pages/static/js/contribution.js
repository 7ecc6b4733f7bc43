// The page of the own contribution: the form, its result, and what a link shows.
import { centresSection } from "./contribution_centres.js";
import { contributionForm, rewriteAmounts, saidIn } from "./contribution_form.js";
import { CONTRIBUTION, SHARED, SHARE } from "./contribution_operations.js";
import { plotSection } from "./contribution_plot.js";
import { amountOf, resultOf } from "./contribution_result.js";
import { drawService } from "./district.js";
import { announce, freshId, h, showView } from "./dom.js";
import { startFrame } from "./frame.js";
import { isRefusal, query } from "./graph.js";
import { keepTyping, noticeTyping, restoreTyping } from "./kept.js";
import { drawNewest } from "./newest.js";
import { clearRefusals, showFailure, showRefusal } from "./refusals.js";
import { dateOf, t, useLanguage } from "./texts.js";

let said = null;
let turn = 0;

/** The view that belongs to the address: a calculation behind a link, else the form. */
async function draw() {
  turn += 1;
  const token = location.hash.slice(1);
  if (token) await showShared(token, turn);
  else showForm();
}

function showForm() {
  const place = h("div", { id: "result" });
  showView(t("contribution.title"),
    h("p", { class: "lead" }, t("contribution.lead")),
    h("p", { id: "not-stored" }, t("contribution.not_stored")),
    contributionForm((element) => calculate(element, place)),
    place);
}

async function calculate(element, place) {
  clearRefusals(element);
  const { input, problems } = saidIn(element);
  if (problems.length) {
    await drawNewest(place, () => ({ problems }), (refusal) => drawRefusal(element, place, refusal));
    return;
  }
  try {
    if (await showResult(element, place, input)) place.querySelector("h2").focus();
  } catch (error) {
    clear(place);
    showFailure(element, error);
  }
}

/** Takes away the result of what was said before. */
function clear(place) {
  said = null;
  place.replaceChildren();
}

function drawRefusal(element, place, refusal) {
  clear(place);
  showRefusal(element, refusal);
  return false;
}

/** Asks for result and curve in one request; whether there was a result. */
function showResult(element, place, input) {
  return drawNewest(place, () => query(CONTRIBUTION, { input }), (found) => drawResult(element, place, input, found));
}

function drawResult(element, place, input, { result, curve }) {
  if (isRefusal(result)) return drawRefusal(element, place, result);
  said = input;
  place.replaceChildren(...resultOf(result), curve.here ? plotSection(curve) : "", linkSection(input), centresSection(result));
  announce(result.text.replaceAll("\u00a0", " "));
  return true;
}

function linkSection(input) {
  const place = h("div", { id: "link" });
  const make = async () => {
    try {
      const { result } = await query(SHARE, { input });
      place.replaceChildren(linkField(`${location.origin}${location.pathname}#${result.shareToken}`));
      place.querySelector("input").select();
      place.querySelector("input").focus();
    } catch (error) {
      showFailure(section, error);
    }
  };
  const section = h("section", { class: "paper", "aria-labelledby": "link-heading" },
    h("h2", { id: "link-heading" }, t("contribution.link")),
    h("p", {}, t("contribution.link_hint")),
    h("button", { type: "button", class: "quiet", id: "make-link", on: { click: make } }, t("contribution.make_link")),
    place);
  return section;
}

function linkField(address) {
  const id = freshId("address");
  return h("div", { class: "form-end" },
    h("label", { for: id }, t("contribution.link_address")),
    h("p", {}, h("input", { id, class: "link-out", type: "text", readonly: true, value: address })));
}

async function showShared(token, mine) {
  let found;
  try {
    found = (await query(SHARED, { input: { token } })).shared;
  } catch (error) {
    found = { message: error instanceof TypeError ? t("error.network") : error.message, remedy: error.remedy ?? t("error.remedy") };
  }
  if (mine !== turn) return;
  const again = h("p", {}, h("a", { class: "button", href: location.pathname, id: "anew" }, t("contribution.anew")));
  if (isRefusal(found)) {
    showView(t("contribution.title"), refused(found), again);
    return;
  }
  const { shown, now, figuresChanged, curve } = found;
  showView(found.title,
    h("p", { class: "lead" }, t("contribution.from_link")),
    h("section", { class: "paper", id: "then", "aria-labelledby": "then-heading" },
      h("h2", { id: "then-heading" }, t("contribution.then", { date: dateOf(shown.asOf) })), amountOf(shown)),
    isRefusal(now) ? refused(now) : resultOf(now, t("contribution.now", { date: dateOf(now.asOf) })),
    figuresChanged !== null && h("p", { class: "next-step", id: "changed" },
      figuresChanged ? t("contribution.figures_changed") : t("contribution.figures_same")),
    curve?.here ? plotSection(curve, shown) : null,
    again,
    isRefusal(now) ? null : centresSection(now));
}

function refused({ message, remedy }) {
  return h("p", { class: "refusal", role: "alert" }, h("strong", {}, message), ` ${remedy}`);
}

/** The same in another language, with what was filled in and the result that was shown. */
async function speak(wanted) {
  const counts = await useLanguage(wanted);
  if (!counts()) return;
  keepTyping();
  const before = formNow()?.lang;
  drawService();
  await draw();
  restoreTyping();
  const form = formNow();
  if (before && form) rewriteAmounts(form, before);
  // Not waited for: whoever fills something in meanwhile stays there.
  if (said && form) showResult(form, document.querySelector("#result"), said).catch((error) => showFailure(form, error));
}

function formNow() {
  return document.querySelector("#contribution-form");
}

async function start() {
  await startFrame(speak);
  window.addEventListener("hashchange", draw);
  noticeTyping();
  drawService();
  await draw();
}

start();
