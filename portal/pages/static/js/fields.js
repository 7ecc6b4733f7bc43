// Fields of a registration form, drawn from the API's own definition and read back from it.
import { activityChooser, chosenIn } from "./activities.js";
import { choosing } from "./choosing.js";
import { h, paragraphs } from "./dom.js";
import { check, field, group, input, radios } from "./forms.js";
import { t } from "./texts.js";
import { windowsEditor, windowsIn } from "./windows.js";

const COMPLETE = {
  firstName: "given-name", lastName: "family-name", street: "street-address", postcode: "postal-code",
  phone: "tel", mobile: "tel", email: "email", password: "new-password",
};
const TYPES = { EMAIL: "email", PASSWORD: "password", PHONE: "tel" };

/**
 * The elements of each field, in the order of the definition; `providers` are those to choose from,
 * `values` what stands there already.
 */
export function drawFields(definition, providers, values = {}) {
  return definition.fields.flatMap((each) => {
    const elements = [draw(each, providers, values[each.name] ?? undefined)].flat();
    if (each.onlyWith) for (const element of elements) element.dataset.only = JSON.stringify(each.onlyWith);
    return elements;
  });
}

/** Shows the fields that belong to what is chosen, now and after every change. */
export function followChoices(form) {
  const look = () => {
    for (const element of form.querySelectorAll("[data-only]")) {
      const { field: other, values } = JSON.parse(element.dataset.only);
      const chosen = form.querySelector(`[name="${other}"]:checked`);
      element.hidden = !values.includes(chosen?.value);
    }
  };
  form.addEventListener("change", look);
  look();
}

/** What stands in the form, by the names of the definition's fields. */
export function readFields(definition, form) {
  return Object.fromEntries(definition.fields
    .map(({ name, kind }) => [name, read(form.querySelector(`[data-field="${name}"]`), name, kind)])
    .filter(([, value]) => value !== undefined));
}

/** A check box for each text that is agreed to, with the text itself. */
export function drawConsents(consents) {
  return group("consents", t("consents.legend"), null, ...consents.map(({ kind, version, title, text }) => h("div", {},
    check("consents", t("consents.agree", { title }), false, `${kind} ${version}`),
    h("details", { class: "fold" }, h("summary", {}, t("consents.read", { title })), ...paragraphs(text)))));
}

/** The texts that are ticked, in the versions that were shown. */
export function readConsents(form) {
  return [...form.querySelectorAll('[name="consents"]:checked')].map(({ value }) => {
    const [kind, version] = value.split(" ");
    return { kind, version: Number(version) };
  });
}

/** What each value is for and how long it is kept. */
export function purposes(definition) {
  return h("details", { class: "fold" }, h("summary", {}, t("register.purposes")),
    h("dl", {}, ...definition.fields.flatMap(({ label, purpose, retention }) => [
      h("dt", {}, label), h("dd", {}, `${purpose} ${retention}`)])));
}

function draw(each, providers, value) {
  const { name, kind, label, help: hint, required, options } = each;
  if (kind === "LONG_TEXT") return field(h("textarea", { name, rows: "4" }, value ?? ""), label, { hint, required });
  if (kind === "CHOICE") return radios(name, label, options.map(({ code, label: text }) => [code, text]), value ?? options[0].code);
  if (kind === "YES_NO") return h("div", { "data-field": name }, check(name, label, value ?? false));
  if (kind === "ACTIVITIES" || kind === "QUALITIES") {
    return activityChooser(name, label, hint, options.map((option) => ({ ...option, groupLabel: option.group })), value ?? []);
  }
  if (kind === "LANGUAGES") {
    return group(name, label, hint, ...options.map(({ code, label: text }) => check(name, text, (value ?? ["de"]).includes(code), code)));
  }
  if (kind === "WINDOWS") return windowsEditor(label, value ?? [], () => {}, hint);
  if (kind === "PROVIDER") {
    return choosing(name, [["", t("register.choose")], ...providers], label, { hint, required });
  }
  if (kind === "NUMBER") return field(input(name, "number", value ?? 20, { min: each.low, max: each.high }), label, { hint, required });
  return field(input(name, TYPES[kind] ?? "text", value ?? "", { autocomplete: COMPLETE[name] ?? "off" }), label, { hint, required });
}

function read(element, name, kind) {
  if (element.hidden) return undefined;
  if (kind === "WINDOWS") return windowsIn(element);
  if (["ACTIVITIES", "QUALITIES", "LANGUAGES"].includes(kind)) return chosenIn(element);
  if (kind === "YES_NO") return element.querySelector("input").checked;
  if (kind === "CHOICE") return element.querySelector("input:checked")?.value;
  const { value } = element.querySelector(`[name="${name}"]`);
  if (kind === "NUMBER") return Number(value);
  return kind === "PROVIDER" ? value || null : value;
}
