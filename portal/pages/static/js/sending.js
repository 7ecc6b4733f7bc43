// Forms that are sent once and answered with what happened and what comes next.
import { h, showView } from "./dom.js";
import { field, input } from "./forms.js";
import { freshKey, isRefusal, mutate } from "./graph.js";
import { clearRefusals, showFailure, showRefusal } from "./refusals.js";
import { showStep } from "./step.js";
import { language, t } from "./texts.js";

let refused = null; // what a form was refused last, to be said again in another language

/** A one-line field with the label of its name. */
export function text(name, autocomplete, options = {}, type = "text", value = "") {
  return field(input(name, type, value, { autocomplete }), t(`field.${name}`), options);
}

/** Sends an operation from a place: `then` gets what came of it, a refusal is shown there, also in another language. */
export async function sendOperation(place, operation, values, then) {
  const key = freshKey();
  refused = null;
  const refusal = await sendOnce(place, operation, values, then, key);
  if (place.matches("form[id]") && refusal?.problems) refused = { id: place.id, operation, values, key, then };
  return refusal;
}

/** The same where a refusal is over as soon as something is changed, because every change is saved by itself. */
export async function sendOnce(place, operation, values, then, key = freshKey()) {
  clearRefusals(place);
  const payload = await mutate(operation, values, key).catch((error) => showFailure(place, error));
  if (!payload) return null;
  if (!isRefusal(payload)) return follow(place, () => then(payload));
  showRefusal(place, payload);
  return payload;
}

/** What is drawn after something was saved: where that fails, nobody shall do it a second time. */
async function follow(place, then) {
  try {
    await then();
  } catch {
    showRefusal(place, { message: t("error.saved"), remedy: t("error.saved_remedy") });
  }
  return null;
}

/**
 * Shows the last refusal again, in the present language, at the form that was drawn anew.
 *
 * The portal says it: it is asked for the same input, whatever stands in the form by now, under the
 * same key, so that it answers as before.
 */
export async function repeatRefusal() {
  const place = refused && document.getElementById(refused.id);
  if (!place) return;
  const [asked, { operation, values, key, then }] = [language, refused];
  const payload = await mutate(operation, values, key).catch(() => null);
  if (!payload || language !== asked || !place.isConnected) return;
  if (isRefusal(payload)) showRefusal(place, payload, { focus: false });
  else await then(payload);
}

/** Another view has come: what was refused before is over. */
export function dropRefusal() {
  refused = null;
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
