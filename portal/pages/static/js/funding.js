// Who pays for somebody's assistance: each source with how it stands, and what can be done with it.
import { actionButtons } from "./actions.js";
import { today } from "./berlin.js";
import { announce, drawList, h, showView } from "./dom.js";
import { field, form, input, valuesOf } from "./forms.js";
import { termsFields, termsIn } from "./funding_form.js";
import { RECORD_SOURCE, SOURCE_ACTIONS, SOURCES } from "./funding_operations.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { drawNewest } from "./newest.js";
import { loading, missing, showRefusal } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { dateOf, money, number, t } from "./texts.js";

const MINUTES = 60;
const FORMS = { CHANGE_FUNDING: changing, APPROVE_FUNDING: dated("approvedOn"), END_FUNDING: dated("endsOn") };

/** Draws the sources of the viewer, or of the person who is acted for; a mail or news leads to the one that it is about. */
export async function showFunding(meant) {
  const page = { list: h("ul", { class: "cards", id: "sources" }), none: h("p", {}, t("funding.none")) };
  page.reload = async (sentence) => {
    await drawNewest(page, () => sources(), ({ nodes }) => {
      page.none.hidden = nodes.length > 0;
      drawList(page.list, nodes, ({ id }) => id, (source) => card(source, page));
    });
    if (sentence) announce(sentence);
  };
  await page.reload();
  showView(t("funding.title"),
    h("p", {}, h("a", { href: "#" }, t("profile.back"))),
    h("p", { class: "lead" }, t("funding.lead")),
    h("section", { "aria-labelledby": "sources-heading" },
      h("h2", { id: "sources-heading" }, t("funding.list")), page.none, page.list),
    recording(page));
  if (meant) page.list.querySelector(`[data-focus="${CSS.escape(meant)} card"]`)?.focus();
}

/** The sources of somebody else, to read: for customer service, when it wants to know. */
export function fundingFold({ seeker }) {
  const place = h("div", {});
  const read = () => loading(place, () => drawNewest(place, () => sources({ seekerId: seeker.id }), ({ nodes }) => place.replaceChildren(
    ...(nodes.length ? nodes.map((source) => h("div", {}, h("h4", {}, source.instrumentLabel), ...facts(source))) : [h("p", {}, t("funding.none"))]))));
  return h("details", { class: "fold funding", on: { toggle: ({ target }) => target.open && read() } },
    h("summary", {}, t("funding.title")), place);
}

function sources(where) {
  return firstRows(async (part) => (await query(SOURCES, { ...part, where })).fundingSources);
}

function card(source, page) {
  const item = h("li", { class: "card source" });
  const offered = source.availableActions.filter(({ available }) => available);
  const send = (place, code, more = {}) => sendOperation(place, SOURCE_ACTIONS[code],
    { fundingSourceId: source.id, ifVersion: source.version, ...more }, ({ stateLabel }) => page.reload(stateLabel));
  item.append(
    h("h3", { tabindex: "-1", "data-focus": `${source.id} card` }, source.instrumentLabel),
    ...facts(source),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", source.nextStep),
    actionButtons(offered.filter(({ code }) => !(code in FORMS)), source.id, ({ code }) => send(item, code)),
    ...offered.filter(({ code }) => code in FORMS).map((action) => h("details", { class: "fold", "data-code": action.code },
      h("summary", { "data-focus": `${source.id} ${action.code}` }, action.label), FORMS[action.code](action, source, send))));
  return item;
}

function facts(source) {
  const { balance } = source;
  const said = [
    [source.payerLabel, source.legalBasis].join(", "), terms(source),
    span(source.validFrom, source.validUntil),
    source.appliedOn && t("funding.applied", { day: dateOf(source.appliedOn) }),
    source.approvedOn && t("funding.approved", { day: dateOf(source.approvedOn) }),
    balance && stands(balance),
    balance?.runsOutOn && t("funding.runs_out", { day: dateOf(balance.runsOutOn) }),
    balance?.lapsingCents && t("funding.lapses", { amount: money(balance.lapsingCents), day: dateOf(balance.lapsesOn) }),
  ];
  return [
    h("p", {}, h("span", { class: "state source-state" }, source.stateLabel)),
    h("ul", { class: "facts" }, ...said.filter(Boolean).map((text) => h("li", {}, text))),
    ...(balance?.warnings ?? []).map(({ text }) => h("p", { class: "note" }, text)),
    balance && steps(balance),
  ].filter(Boolean);
}

/** So much per period; what the law says, or no limit, where nobody said an amount. */
function terms({ instrument, cents, minutes, per }) {
  if (cents === null && minutes === null) return instrument === "PRIVATE" ? t("funding.unlimited") : t("funding.by_law");
  return t(`funding.per.${per}`, { amount: quantity(cents, minutes) });
}

function stands({ periodFrom, periodUntil, consumedCents, consumedMinutes, leftCents, leftMinutes, usedPercent: percent }) {
  const values = { span: span(periodFrom, periodUntil), used: quantity(consumedCents, consumedMinutes), percent };
  const left = leftCents === null && leftMinutes === null ? null : quantity(leftCents, leftMinutes);
  return left === null ? t("funding.used", values) : t("funding.left", { ...values, left });
}

function steps({ steps: lines, disclaimer, whereToAsk }) {
  return h("details", { class: "fold" }, h("summary", {}, t("funding.steps")),
    h("ol", { class: "facts" }, ...lines.map(({ title, text, formulaInWords, paragraph }) => h("li", {},
      h("strong", {}, `${title}: ${text}`), ` ${formulaInWords}`, paragraph && ` (${paragraph})`))),
    h("p", {}, disclaimer), h("p", {}, whereToAsk));
}

function span(from, until) {
  return until ? t("funding.between", { from: dateOf(from), until: dateOf(until) }) : t("funding.from", { from: dateOf(from) });
}

function quantity(cents, minutes) {
  return minutes === null ? money(cents) : t("funding.hours", { hours: number(minutes / MINUTES) });
}

function recording(page) {
  const send = (element) => {
    const { approvedOn } = valuesOf(element);
    return whenDated(element, (terms) => sendOperation(element, RECORD_SOURCE, { terms, approvedOn: approvedOn ?? null }, async ({ stateLabel }) => {
      const anew = recording(page);
      element.closest("details").replaceWith(anew);
      anew.querySelector("summary").focus();
      await page.reload(stateLabel);
    }));
  };
  return h("details", { class: "fold paper", id: "record-source" }, h("summary", {}, t("funding.record")),
    form({}, send, ...termsFields(),
      field(input("approvedOn", "date", "", { max: today() }), t("field.approvedOn"), { hint: t("funding.approved_hint") }),
      end(t("funding.record"))));
}

function changing({ code, label }, source, send) {
  return form({}, (element) => whenDated(element, (terms) => send(element, code, { terms })), ...termsFields(source), end(label));
}

function dated(name) {
  return ({ code, label }, _source, send) => form({}, (element) => send(element, code, { [name]: valuesOf(element)[name] ?? today() }),
    field(input(name, "date", today(), { max: today() }), t(`field.${name}`), { required: true }), end(label));
}

function whenDated(element, send) {
  const found = termsIn(element);
  return found ? send(found) : showRefusal(element, missing("validFrom"));
}

function end(label) {
  return h("div", { class: "form-end" }, h("button", {}, label));
}
