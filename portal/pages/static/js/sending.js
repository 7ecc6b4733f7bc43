// Forms that are sent once and answered with what happened and what comes next.
import { h, showView } from "./dom.js";
import { field, input } from "./forms.js";
import { isRefusal, mutate } from "./graph.js";
import { clearRefusals, showFailure, showRefusal } from "./refusals.js";
import { showStep } from "./step.js";
import { language, t } from "./texts.js";

/** A one-line field with the label of its name. */
export function text(name, autocomplete, options = {}, type = "text") {
  return field(input(name, type, "", { autocomplete }), t(`field.${name}`), options);
}

/** Sends an operation from a place: `then` gets what came of it, a refusal is shown there. */
export async function sendOperation(place, operation, values, then) {
  clearRefusals(place);
  try {
    const payload = await mutate(operation, values);
    if (isRefusal(payload)) {
      showRefusal(place, payload);
      return payload;
    }
    await then(payload);
  } catch (error) {
    showFailure(place, error);
  }
  return null;
}

/** Sends a form and shows what came of it; gives the refusal, if there is one. */
export function sendForm(element, operation, values) {
  return sendOperation(element, operation, values, showDone);
}

/** Shows what happened and what comes next. */
export function showDone({ message, nextStep }) {
  const lang = language; // what the portal answered stays in the language of the question
  showStep(() => showView(t("done.title"),
    h("p", { class: "lead", lang }, message),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", h("span", { lang }, nextStep)),
    h("p", {}, h("a", { class: "button", href: "#" }, t("done.home")))));
}
