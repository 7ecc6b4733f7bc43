// Choosing one out of many by name: what is written into the field before leaves those whose name holds it.
import { h } from "./dom.js";
import { field, input, select } from "./forms.js";
import { t } from "./texts.js";

const FEW = 8; // as many are seen at a glance

/** The elements of a choice; without one chosen, `options` begin with the empty one. */
export function choosing(name, options, label, props = {}) {
  const chosen = select(name, options, options[0][0]);
  const found = h("p", { class: "hint", role: "status" });
  const look = ({ target }) => {
    const wanted = target.value.trim().toLocaleLowerCase();
    const left = options.filter(([value, text]) => value === "" || text.toLocaleLowerCase().includes(wanted));
    const before = chosen.value;
    chosen.replaceChildren(...left.map(([value, text]) => h("option", { value, selected: value === before }, text)));
    found.textContent = wanted ? t("list.hits", { number: left.filter(([value]) => value !== "").length }) : "";
  };
  const filter = options.length > FEW && h("div", {},
    field(input(`${name}-filter`, "search", "", { autocomplete: "off", on: { input: look } }), t("list.filter")), found);
  return [filter, field(chosen, label, props)].filter(Boolean);
}
