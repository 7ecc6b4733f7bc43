// Whom a provider names for an order: naming for the provider, choosing for the seeker.
import { actionButtons, offers } from "./actions.js";
import { choosing } from "./choosing.js";
import { h } from "./dom.js";
import { form, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { CANDIDATES, NOMINATE, NOMINATION_ACTIONS } from "./operations.js";
import { loading } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

/** The section, or nothing where nobody is named and nobody can be. */
export function nominationsSection(match, page) {
  const names = offers(match, "NOMINATE_ASSISTANT");
  if (match.kind !== "PROVIDER" || (!names && !match.nominations?.length)) return null;
  const section = h("section", { "aria-labelledby": "named", id: "nominations" },
    h("h2", { id: "named" }, t("nominations.title")),
    match.nominations.length === 0 && h("p", {}, t("nominations.none")),
    h("ul", { class: "cards" }, ...match.nominations.map((each) => card(each, page))));
  if (names) section.append(naming(match, page));
  return section;
}

function card(nomination, page) {
  const item = h("li", { class: "card nomination", "data-key": nomination.id });
  const press = ({ code }) => sendOperation(item, NOMINATION_ACTIONS[code],
    { nominationId: nomination.id, ifVersion: nomination.version }, page.reload);
  item.append(
    h("h3", {}, nomination.firstName),
    h("p", {}, h("span", { class: "state" }, nomination.stateLabel)),
    h("p", {}, nomination.introduction),
    actionButtons(nomination.availableActions.filter(({ available }) => available), nomination.id, press));
  return item;
}

function naming(match, page) {
  const place = h("div", {});
  loading(place, async () => {
    const { nominationCandidates } = await query(CANDIDATES, { matchId: match.id });
    const people = nominationCandidates.map(({ assistantId, firstName, lastName }) => [assistantId, `${firstName} ${lastName}`]);
    place.append(people.length ? nominationForm(people, match, page) : h("p", {}, t("nominations.nobody")));
  }, { focus: false });
  return place;
}

function nominationForm(people, match, page) {
  const send = (element) => {
    const { assistantId } = valuesOf(element);
    return assistantId && sendOperation(element, NOMINATE, { matchId: match.id, assistantId }, () => {
      element.removeAttribute("data-touched");
      return page.reload();
    });
  };
  return form({ id: "nominate" }, send, ...choosing("assistantId", people, t("nominations.who")),
    h("div", { class: "form-end" }, h("button", {}, t("nominations.name"))));
}
