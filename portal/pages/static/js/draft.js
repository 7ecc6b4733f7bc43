// The draft of an order: every change is saved by itself, and the number of people who fit follows.
import { actionButtons } from "./actions.js";
import { activityChooser, catalogue, chosenIn, tick } from "./activities.js";
import { announce, drawList, h } from "./dom.js";
import { availabilityView } from "./hints.js";
import { watch } from "./live.js";
import { drawNewest } from "./newest.js";
import { AVAILABILITY, ORDER_ACTIONS } from "./operations.js";
import { qualitiesIn, qualityCatalogue, qualityChooser, reasonIn } from "./qualities.js";
import { clearRefusals, loading, showFailure, showRefusal } from "./refusals.js";
import { saver } from "./saver.js";
import { sendOnce } from "./sending.js";
import { basics, kindFields, timing } from "./terms.js";
import { t } from "./texts.js";
import { windowsEditor, windowsIn } from "./windows.js";

const DRAFT_ACTIONS = ["RELEASE_ORDER", "WITHDRAW_ORDER"];
const MISSING = "ORDER_INCOMPLETE";
const SOON = 150;
const AFTER_TYPING = 600;

/** The view of a draft; `changed` takes the order that an action gave back. */
export function draftForm(first, viewer, changed) {
  const aside = sidebar(async (fields) => {
    saving.change(fields, 0);
    if (!await saving.flush()) return complain();
    await fill(saving.order());
    return true;
  });
  const saving = saver(first, {
    saved: (order) => refresh(order),
    waiting: () => aside.status(t("draft.saving")),
    refused: () => { status(); showProblems({ aloud: true }); },
    stale: (order) => loading(form, async () => {
      await fill(order);
      showRefusal(form, { message: t("draft.stale"), remedy: t("draft.stale_remedy") }, { focus: false });
    }, { focus: false }),
    failed: (error) => { aside.status(t("draft.not_saved")); showFailure(form, error, { focus: false }); },
    // Somebody who is still filling in a date is told only when it matters: at the release.
    unclear: (name) => ({ field: name, message: t("draft.unclear"), remedy: t("draft.unclear_remedy"), quiet: true }),
  });
  const warnings = Object.fromEntries(["description", "qualities"].map((name) =>
    [name, h("div", { role: "status" }, h("ul", { id: `warnings-${name}`, class: "hints" }))]));
  const form = h("form", { id: "draft", class: "paper", novalidate: true, on: { submit: (event) => event.preventDefault() } });

  const status = () => aside.status(saving.problems().length ? t("draft.not_saved") : t("draft.saved"));
  const showProblems = ({ aloud }) => {
    const problems = saving.problems().filter(({ quiet }) => !quiet);
    if (problems.length) showRefusal(form, { problems }, { focus: false, aloud });
    else clearRefusals(form);
  };
  const complain = () => {
    const problems = saving.problems();
    if (problems.length) showRefusal(form, { problems });
    else form.querySelector(".refusal")?.focus();
    return false;
  };
  const refresh = (order) => {
    status();
    showProblems({ aloud: false });
    aside.issues(order.draftProblems, form);
    warn("description", order.descriptionWarnings);
    warn("qualities", order.qualityWarnings);
    aside.actions(order, (action) => press(action));
  };
  /** What may be as it is, and is better told at its field. */
  const warn = (name, found) => drawList(warnings[name].firstChild, found, ({ message }) => message, ({ message }) => h("li", {}, message));
  const press = async (action) => {
    if (action.code === "WITHDRAW_ORDER" && !window.confirm(t("confirm.WITHDRAW_ORDER"))) return undefined;
    const saved = await saving.flush();
    if (!saved && action.code !== "WITHDRAW_ORDER") return complain();
    const { id, version } = saving.order();
    return sendOnce(form, ORDER_ACTIONS[action.code], { orderId: id, ifVersion: version }, changed);
  };
  const fill = (order) => drawNewest(form, () => draw(order, viewer, saving), (parts) => {
    form.replaceChildren(...parts);
    for (const [name, place] of Object.entries(warnings)) form.querySelector(`[data-field="${name}"]`).after(place);
    refresh(order);
  });
  const stop = watch(AVAILABILITY, { orderId: first.id }, { onEvent: aside.count, onRefused: aside.uncounted });
  loading(form, () => fill(first), { focus: false });
  return {
    elements: [h("div", { class: "with-aside" }, form, aside.element)],
    update: (order) => {
      // Our own saves come back as events; only a change from another window needs a new form.
      if (saving.foreign(order)) loading(form, () => fill(order), { focus: false });
    },
    stop: () => {
      stop();
      return saving.flush();
    },
  };
}

async function draw(order, viewer, saving) {
  const later = (fields, delay) => saving.change(fields, delay);
  const chooser = activityChooser("activities", t("field.activities"), t("draft.activities_hint"),
    await catalogue(), order.activities.map(({ code }) => code));
  chooser.addEventListener("change", () => later({ activities: chosenIn(chooser) }, SOON));
  const qualities = qualityChooser(await qualityCatalogue(), order.qualities, order.personalReason);
  qualities.addEventListener("change", () => later(
    { qualities: qualitiesIn(qualities), personalReason: reasonIn(qualities) }, SOON));
  const windows = windowsEditor(t("field.windows"), order.windows, () => later({ windows: windowsIn(windows) }, SOON));
  const kind = kindFields(order.kind);
  const when = h("div", {}, ...timing(order));
  kind.addEventListener("change", ({ target }) => {
    when.replaceChildren(...timing({ kind: target.value }));
    later({ kind: target.value, ...timing.read(when) }, SOON);
  });
  when.addEventListener("change", () => later(timing.read(when), SOON));
  const rest = h("div", {}, ...basics(order));
  rest.addEventListener("input", ({ target }) => later(basics.read(target), AFTER_TYPING));
  return [kind, when, rest, takeOver(chooser, viewer, later), chooser, windows, qualities, h("div", { class: "form-end" })];
}

function takeOver(chooser, viewer, later) {
  const needs = viewer.user.seeker?.needs?.map(({ code }) => code) ?? [];
  return needs.length > 0 && h("button", { type: "button", class: "green", on: { click: () => {
    const number = tick(chooser, needs);
    announce(t("draft.taken_over", { number }));
    if (number) later({ activities: chosenIn(chooser) }, SOON);
  } } }, t("draft.take_over"));
}

function sidebar(apply) {
  const availability = availabilityView(apply);
  const saved = h("p", { id: "save-status", role: "status" });
  const missing = h("div", { id: "draft-issues" });
  const buttons = h("div", {});
  // Narrow screens show the aside above the form: nothing in it takes the focus.
  const state = h("aside", { "aria-labelledby": "aside-heading" },
    h("h2", { id: "aside-heading" }, t("draft.aside")),
    ...availability.elements,
    saved);
  const element = h("div", { class: "side" }, state, h("div", { class: "finish" }, missing, buttons));
  return {
    element,
    count: availability.update,
    uncounted: availability.refused,
    status: (sentence) => { if (saved.textContent !== sentence) saved.textContent = sentence; },
    issues: (problems, form) => drawIssues(missing, problems, form),
    actions: (order, press) => drawActions(buttons, order, press),
  };
}

function drawIssues(place, problems, form) {
  const reasons = problems.filter(({ code }) => code !== MISSING);
  explain(form, reasons);
  const print = JSON.stringify(problems);
  if (place.dataset.print === print) return;
  place.dataset.print = print;
  const jump = (name) => () => {
    const target = form.querySelector(`[data-field="${name}"]`);
    (target.matches("fieldset") ? target : target.querySelector("input, select, textarea")).focus();
  };
  place.replaceChildren(...(problems.length ? [
    h("p", {}, t("draft.missing")),
    h("ul", {}, ...problems.map(({ field: name, code, message }) => h("li", {},
      h("button", { type: "button", class: "link", "data-focus": `issue ${name}`, on: { click: jump(name) } }, t(`field.${name}`)),
      code !== MISSING && ` ${message}`))),
  ] : [h("p", {}, t("draft.complete"))]));
}

/** At each field why it does not fit, and what would help; that one is empty can be seen. */
function explain(form, reasons) {
  for (const note of form.querySelectorAll(".reason")) note.remove();
  for (const { field: name, message, remedy } of reasons) {
    form.querySelector(`[data-field="${name}"]`)?.append(h("p", { class: "note reason" }, `${message} ${remedy}`));
  }
}

function drawActions(place, order, press) {
  const print = JSON.stringify(order.availableActions);
  if (place.dataset.print === print) return;
  const focused = place.contains(document.activeElement) && document.activeElement.dataset.focus;
  place.dataset.print = print;
  place.replaceChildren(actionButtons(order.availableActions.filter(({ code }) => DRAFT_ACTIONS.includes(code)), order.id, press));
  if (focused) place.querySelector(`[data-focus="${focused}"]`)?.focus();
}
