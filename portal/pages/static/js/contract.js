// The contract of a match: terms, who has agreed, and what can be done with it.
import { actionButtons } from "./actions.js";
import { today } from "./berlin.js";
import { h } from "./dom.js";
import { field, form, input, select, valuesOf } from "./forms.js";
import { CONTRACT_ACTIONS, DRAFT_CONTRACT } from "./operations.js";
import { printoutLinks } from "./printouts.js";
import { missing, showRefusal } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { day, instant, money, number, t } from "./texts.js";

const MINUTES = 60;
const CENTS = 100;
const LEAST_HOURS = 0.25;
const MOST_HOURS = { DAY: 24, WEEK: 168, MONTH: 744 };
const RATES = [1, 50_000];

/** The section, once people have met. */
export function contractSection(match, page) {
  const known = (match.contracts ?? []).filter(({ state }) => state !== "WITHDRAWN");
  const met = match.meetings?.some(({ kind, state }) => kind === "INTRODUCTION" && state === "HELD");
  if (!known.length && !(met && match.state === "MEETING")) return null;
  return h("section", { "aria-labelledby": "contract-heading", id: "contract" },
    h("h2", { id: "contract-heading" }, t("contract.title")),
    ...known.map((each) => paper(each, match, page)),
    !known.length && drafting(match, page, t("contract.draft")));
}

function paper(contract, match, page) {
  const place = h("div", { class: "paper", "data-key": contract.id });
  const send = (element, code, more = {}) => sendOperation(element, CONTRACT_ACTIONS[code], { contractId: contract.id, ifVersion: contract.version, ...more }, () => {
    element.removeAttribute("data-touched");
    return page.reload();
  });
  const press = ({ code }) => window.confirm(t(`confirm.${code}`)) && send(place, code);
  const offered = contract.availableActions.filter(({ available }) => available);
  const [changes, ends] = ["DRAFT_CONTRACT", "END_CONTRACT"].map((wanted) => offered.find(({ code }) => code === wanted));
  const rows = [
    [t("contract.model"), contract.modelLabel],
    [t("field.activities"), contract.activities.map(({ label }) => label).join(", ")],
    [t("contract.begins"), day(contract.startsOn)],
    [t("contract.ends"), contract.endsOn ? day(contract.endsOn) : t("contract.open_end")],
    [t("contract.hours"), t(`contract.per.${contract.interval}`, { hours: contract.minutes / MINUTES })],
    [t("contract.rate"), money(contract.hourlyCents)],
  ];
  place.append(
    h("p", {}, h("span", { class: "state", id: "contract-state" }, contract.stateLabel)),
    h("dl", {}, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    ...contract.warnings.map(({ message }) => h("p", { class: "hint" }, message)),
    h("ul", { id: "contract-consents" }, ...contract.consents.filter(({ counts }) => counts)
      .map(({ side, at }) => h("li", {}, t(`contract.agreed.${side}`, { moment: instant(at) })))),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", contract.nextStep),
    printoutLinks(contract.printouts),
    ...[["AGREED", "ENDED"].includes(contract.state) && h("p", {},
      h("a", { href: `#appointments=${contract.id}`, class: "to-appointments" }, t("appointments.of_contract"))), changes && drafting(match, page, t("contract.change"), contract)].filter(Boolean),
    actionButtons(offered.filter(({ code }) => code === "CONSENT_TO_CONTRACT"), contract.id, press));
  if (ends) place.append(ending(ends, contract, page, send));
  return place;
}

/** Either side says which day is the last one, and why. */
function ending({ code, label }, { id, endsOn }, { viewer }, send) {
  const own = viewer.role === "SEEKER" ? "BY_SEEKER" : "BY_ACCEPTOR";
  const reasons = ["BY_AGREEMENT", "NO_LONGER_NEEDED", own].map((reason) => [reason, t(`contract.end.${reason}`)]);
  return h("details", { class: "fold", "data-code": code }, h("summary", { "data-focus": `${id} ${code}` }, label),
    form({}, (element) => send(element, code, valuesOf(element)),
      field(input("endsOn", "date", endsOn ?? today(), { min: today(), max: endsOn }), t("contract.ends"), { hint: t("contract.end_hint"), required: true }),
      field(select("reason", reasons, own), t("field.why")),
      h("div", { class: "form-end" }, h("button", {}, label))));
}

function drafting(match, page, title, contract = null) {
  const models = match.kind === "PROVIDER" ? ["SERVICE"] : ["SERVICE", "EMPLOYER"];
  const send = (element) => {
    const values = valuesOf(element);
    const problems = problemsOf(values);
    return problems.length ? showRefusal(element, { problems }) : sendOperation(element, DRAFT_CONTRACT, {
      matchId: match.id, model: values.model, startsOn: values.startsOn, endsOn: values.endsOn || null, interval: values.interval,
      minutes: Math.round(Number(values.hours) * MINUTES), hourlyCents: Math.round(Number(values.rate) * CENTS),
      activities: match.order.activities.map(({ code }) => code), ifVersion: contract?.version ?? null,
    }, () => {
      element.removeAttribute("data-touched");
      return page.reload();
    });
  };
  const hours = (contract?.minutes ?? 2 * MINUTES) / MINUTES;
  return h("details", { class: "fold", open: !contract }, h("summary", {}, title),
    form({ id: "contract-form" }, send,
      field(select("model", models.map((code) => [code, t(`contract.model.${code}`)]), contract?.model ?? models[0]), t("contract.model")),
      h("div", { class: "row" },
        field(input("startsOn", "date", contract?.startsOn ?? today(), { min: today() }), t("contract.begins"), { required: true }),
        field(input("endsOn", "date", contract?.endsOn ?? "", { min: today() }), t("contract.ends"), { hint: t("contract.ends_hint") })),
      h("div", { class: "row" },
        h("div", { "data-field": "minutes" }, field(input("hours", "number", hours, { min: LEAST_HOURS, step: 0.25 }), t("contract.hours"), { required: true })),
        field(select("interval", ["WEEK", "MONTH", "DAY"].map((code) => [code, t(`interval.${code}`)]), contract?.interval ?? "WEEK"), t("field.interval"))),
      h("div", { "data-field": "hourlyCents" },
        field(input("rate", "number", (contract?.hourlyCents ?? 2500) / CENTS, { min: 0.01, step: 0.01 }), t("contract.rate"), { required: true })),
      h("div", { class: "form-end" }, h("button", {}, t("contract.send")))));
}

/** What cannot be sent as it stands, said in the units of the form and not in those of the graph. */
function problemsOf({ startsOn, hours, rate, interval }) {
  const [high, cents] = [MOST_HOURS[interval], Math.round(Number(rate ?? 0) * CENTS)];
  const remedy = t("contract.range_remedy");
  return [
    !startsOn && missing("startsOn"),
    !(hours >= LEAST_HOURS && hours <= high) && { field: "minutes", message: t("contract.hours_range", { low: number(LEAST_HOURS), high }), remedy },
    !(cents >= RATES[0] && cents <= RATES[1]) && { field: "hourlyCents",
      message: t("contract.rate_range", { low: money(RATES[0]), high: money(RATES[1]) }), remedy },
  ].filter(Boolean);
}
