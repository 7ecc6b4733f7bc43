// Form controls with label, hint and a place for a refusal.
import { freshId, h } from "./dom.js";
import { t } from "./texts.js";

/** A labelled control; `control` is the element, its name is the field's name in the graph. */
export function field(control, label, { hint, required = false } = {}) {
  const id = control.id || freshId(control.name);
  control.id = id;
  control.required = required;
  const hintId = hint ? `${id}-hint` : null;
  if (hintId) control.setAttribute("aria-describedby", hintId);
  return h("div", { class: "field", "data-field": control.name },
    h("label", { for: id }, label, required && h("span", { class: "required" }, ` (${t("form.required")})`)),
    hint && h("p", { class: "hint", id: hintId }, hint),
    control);
}

/** A labelled check box. */
export function check(name, label, checked = false, value = "on") {
  const id = freshId(name);
  return h("div", { class: "check" },
    h("input", { type: "checkbox", id, name, value, checked }),
    h("label", { for: id }, label));
}

/** A group of controls under one legend. */
export function group(name, legend, hint, ...controls) {
  const hintId = hint ? freshId(`${name}-hint`) : null;
  return h("fieldset", { "data-field": name, "aria-describedby": hintId, tabindex: "-1" },
    h("legend", {}, legend),
    hint && h("p", { class: "hint", id: hintId }, hint),
    ...controls);
}

/** One choice out of a few, as radio buttons. */
export function radios(name, legend, options, chosen) {
  return group(name, legend, null, ...options.map(([value, label]) => {
    const id = freshId(name);
    return h("div", { class: "check" },
      h("input", { type: "radio", id, name, value, checked: value === chosen }),
      h("label", { for: id }, label));
  }));
}

/** One choice out of many. */
export function select(name, options, chosen, props = {}) {
  return h("select", { name, ...props },
    ...options.map(([value, label]) => h("option", { value, selected: String(value) === String(chosen) }, label)));
}

/** A one-line control. */
export function input(name, type, value = "", props = {}) {
  return h("input", { name, type, value: value ?? "", ...props });
}

/** A form that calls `send` instead of loading a page, and is not sent twice at once. */
export function form(props, send, ...content) {
  let busy = false;
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await send(event.currentTarget ?? element);
    } finally {
      busy = false;
    }
  };
  const element = h("form", { novalidate: true, ...props, on: { submit } }, ...content.flat());
  return element;
}

/** What stands in a form's named controls; empty ones are left out. */
export function valuesOf(element) {
  return Object.fromEntries(Object.entries(allValuesOf(element)).filter(([, value]) => value.trim() !== ""));
}

/** What stands in a form's named controls, empty or not. */
export function allValuesOf(element) {
  return Object.fromEntries(new FormData(element));
}
