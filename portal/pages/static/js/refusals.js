// Refusals beside the field they are about, each with its remedy.
import { announce, freshId, h } from "./dom.js";
import { t } from "./texts.js";

/** Takes every refusal off a form. */
export function clearRefusals(form) {
  for (const note of form.querySelectorAll(".refusal")) note.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    describe(control, control.dataset.refusal, null);
  }
}

/** Shows a refusal, every problem at its own field; `focus` leads to the first of them, `aloud` says them. */
export function showRefusal(form, refusal, { focus = true, aloud = true } = {}) {
  clearRefusals(form);
  const problems = refusal.problems?.length ? refusal.problems : [refusal];
  const places = problems.map((problem) => showProblem(form, problem));
  if (aloud) announce(problems.map(sentence).join(" "));
  if (focus) places.reduce(earlier).focus();
}

/** A sentence above the form's buttons when the request itself failed. */
export function showFailure(form, error, options = {}) {
  const unreachable = error instanceof TypeError;
  const message = unreachable ? t("error.network") : error.message;
  showRefusal(form, { message, remedy: unreachable ? t("error.network_remedy") : t("error.remedy") }, options);
}

/** The one of two elements that is read first. */
function earlier(one, other) {
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING ? other : one;
}

function sentence({ message, remedy }) {
  return `${message} ${remedy}`;
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
  const place = problem.field && form.querySelector(`[data-field="${CSS.escape(problem.field)}"]`);
  const note = h("p", { class: "refusal", id: freshId("refusal"), tabindex: "-1" },
    h("span", { "aria-hidden": "true" }, "⚠ "), h("strong", {}, problem.message), ` ${problem.remedy}`);
  if (!place) {
    (form.querySelector(".form-end") ?? form).prepend(note);
    return note;
  }
  const control = place.matches("fieldset") ? place : place.querySelector("input, select, textarea");
  control.setAttribute("aria-invalid", "true");
  describe(control, null, note.id);
  if (place.matches("fieldset")) place.querySelector("legend").after(note);
  else place.append(note);
  return control;
}
