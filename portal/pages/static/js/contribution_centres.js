// Where to ask about a calculation: who advises near where somebody lives.
import { CENTRES } from "./contribution_operations.js";
import { announce, h } from "./dom.js";
import { field, form, input } from "./forms.js";
import { query } from "./graph.js";
import { drawNewest } from "./newest.js";
import { clearRefusals, showFailure } from "./refusals.js";
import { t } from "./texts.js";

/** A section beside a result: who advises, and who decides; a postcode narrows it. */
export function centresSection({ whereToAsk }) {
  const list = h("ul", { class: "cards", id: "centres" });
  const narrow = form({ id: "centres-form" }, async (element) => {
    clearRefusals(element);
    try {
      const postcode = new FormData(element).get("postcode").trim() || null;
      announce(t("contribution.centres_found", { number: await draw(list, postcode) }));
    } catch (error) {
      showFailure(element, error);
    }
  },
  field(input("postcode", "text", "", { inputmode: "numeric", autocomplete: "postal-code" }), t("contribution.postcode")),
  h("div", { class: "form-end" }, h("button", { class: "quiet" }, t("contribution.find_centres"))));
  draw(list, null).catch((error) => showFailure(narrow, error, { focus: false }));
  return h("section", { class: "paper", id: "where-to-ask", "aria-labelledby": "ask-heading" },
    h("h2", { id: "ask-heading" }, t("contribution.where_to_ask")),
    h("p", {}, whereToAsk), narrow, list);
}

/** Draws those for a postcode, or all of the district; how many there are. */
function draw(list, postcode) {
  return drawNewest(list, () => query(CENTRES, { postcode }), ({ adviceCentres }) => {
    list.replaceChildren(...adviceCentres.length ? adviceCentres.map(card) : [h("li", {}, t("contribution.no_centre"))]);
    return adviceCentres.length;
  });
}

function card({ kindLabel, name, address, phone, email, web, hours }) {
  return h("li", { class: "card" },
    h("h3", {}, name),
    h("p", {}, kindLabel),
    h("ul", { class: "facts" },
      h("li", {}, address),
      phone && h("li", {}, h("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone)),
      email && h("li", {}, h("a", { href: `mailto:${email}` }, email)),
      web && h("li", {}, h("a", { href: web, rel: "noreferrer" }, web)),
      hours && h("li", {}, hours)));
}
