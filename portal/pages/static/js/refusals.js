// Refusals beside the field they are about, each with its remedy.
import { announce, freshId, h, unsay } from "./dom.js";
import { t } from "./texts.js";

let said = "";

/** What is told of a field that stands empty and cannot be sent without something in it. */
export function missing(field) {
  return { field, message: t("form.missing"), remedy: t("form.missing_remedy") };
}

/** Takes every refusal off a form, and what was said of them. */
export function clearRefusals(form) {
  forgetRefusal();
  for (const note of form.querySelectorAll(".refusal")) note.remove();
  for (const control of form.querySelectorAll("[data-refusal]")) {
    control.removeAttribute("aria-invalid");
    describe(control, control.dataset.refusal, null);
  }
}

/** Takes back the last refusal that was said: it is about something that is over. */
export function forgetRefusal() {
  unsay(said);
  said = "";
}

/** Shows a refusal, every problem at its own field; `focus` leads to the first of them, `aloud` says them. */
export function showRefusal(form, refusal, { focus = true, aloud = true } = {}) {
  clearRefusals(form);
  const problems = refusal.problems?.length ? refusal.problems : [refusal];
  const places = problems.map((problem) => showProblem(form, problem));
  if (aloud) {
    said = problems.length > 1 ? several(problems, places) : sentence(problems[0]);
    announce(said);
  }
  if (focus) places.reduce(earlier).focus();
}

/** What the request itself failed for: at the fields that the portal could not read, else above the form's buttons. */
export function showFailure(form, error, options = {}) {
  const unreachable = error instanceof TypeError && { message: t("error.network"), remedy: t("error.network_remedy") };
  const problems = unreachable ? [unreachable] : error.problems ?? [error];
  showRefusal(form, { problems: problems.map(({ message, remedy, field }) => ({ message, remedy: remedy ?? t("error.remedy"), field })) }, options);
}

/** Does what reads something anew; where that fails it is told at a place, with the options of `showRefusal`. */
export async function loading(place, work, options = {}) {
  clearRefusals(place);
  try {
    await work();
  } catch (error) {
    showFailure(place, error, options);
  }
}

/** The one of two elements that is read first. */
function earlier(one, other) {
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING ? other : one;
}

function sentence({ message, remedy }) {
  return `${message} ${remedy}`;
}

/** Several problems at once: how many, and each with the name of its field. */
function several(problems, places) {
  const each = problems.map(({ message }, at) => [nameOf(places[at]), message].filter(Boolean).join(": "));
  return [t("form.problems", { number: problems.length }), ...new Set(each)].join(" ");
}

function nameOf(place) {
  const label = place.matches("fieldset") ? place.querySelector("legend") : place.labels?.[0];
  return label?.firstChild?.textContent.trim();
}

/** Lets a description go from, or come to, a control beside those it has. */
function describe(control, gone, come) {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== gone);
  const next = come ? [...ids, come] : ids;
  if (next.length) control.setAttribute("aria-describedby", next.join(" "));
  else control.removeAttribute("aria-describedby");
  if (come) control.dataset.refusal = come;
  else delete control.dataset.refusal;
}

function showProblem(form, problem) {
  const place = fieldOf(form, problem);
  const note = h("p", { class: "refusal", id: freshId("refusal"), tabindex: "-1" },
    h("span", { "aria-hidden": "true" }, "⚠ "), h("strong", {}, problem.message), ` ${problem.remedy}`);
  if (!place) return showBeside(form, note);
  const control = place.matches("fieldset") ? place : place.querySelector("input, select, textarea");
  control.setAttribute("aria-invalid", "true");
  describe(control, null, note.id);
  if (place.matches("fieldset")) [...place.querySelectorAll(":scope > legend, :scope > .refusal")].at(-1).after(note);
  else place.append(note);
  return control;
}

/** The field that a problem is about. A button that was pressed has none, nor has what is folded up. */
function fieldOf(form, { field }) {
  const place = field && !pressed(form) && [field, field.split(".")[0]].map((name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`)).find(Boolean);
  return place && place.checkVisibility() ? place : null;
}

/** At the button that was pressed, else above the buttons that are to be seen. */
function showBeside(form, note) {
  const button = pressed(form);
  if (button) {
    button.after(note);
    describe(button, null, note.id);
    return button;
  }
  const ends = [...form.querySelectorAll(".form-end")].filter((each) => each.checkVisibility());
  (ends[0] ?? form).prepend(note);
  return note;
}

function pressed(form) {
  return form.matches("form") ? null : form.querySelector('.action[aria-busy="true"]');
}
