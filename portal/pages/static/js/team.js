// A coordinator's provider: who wants to join, who speaks for it, what it says and what it costs.
import { actionButtons } from "./actions.js";
import { today } from "./berlin.js";
import { announce, drawList, h, showView } from "./dom.js";
import { check, field, form, group, input, select, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { drawNewest } from "./newest.js";
import { APPLICATION_ACTIONS, APPLICATIONS, INVITE_COORDINATOR, REMOVE_COORDINATOR, SET_COORDINATOR_ROLE, SET_PRICE, TEAM, UPDATE_PROVIDER } from "./operations.js";
import { sendOperation } from "./sending.js";
import { day, money, t } from "./texts.js";

const PAYERS = ["CARE_INSURANCE", "INTEGRATION_ASSISTANCE", "HELP_TO_CARE", "PRIVATE", "OTHER"];

/** Draws the view; without a provider there is nothing in it but the next step. */
export async function showTeam(viewer) {
  const page = { applications: h("ul", { class: "cards", id: "applications" }), team: h("ul", { class: "cards", id: "team" }) };
  page.waiting = h("h2", { id: "waiting" });
  page.prices = h("ul", { class: "facts", id: "prices" });
  const { provider, municipalities } = await load(page);
  showView(provider?.name ?? t("team.title"),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    h("p", {}, h("a", { href: "#" }, t("team.back"))),
    provider && h("p", {}, h("a", { href: "#absences" }, t("absences.title_others"))),
    provider && h("section", { "aria-labelledby": "waiting" }, page.waiting, page.applications),
    provider && h("section", { "aria-labelledby": "colleagues" },
      h("h2", { id: "colleagues" }, t("team.colleagues")), page.team,
      allowed(provider, "INVITE_COORDINATOR") && invitation(page)),
    provider && h("section", { "aria-labelledby": "about" },
      h("h2", { id: "about" }, t("team.about")), about(provider),
      allowed(provider, "UPDATE_PROVIDER") && details(page, provider, municipalities)),
    provider && h("section", { "aria-labelledby": "costs" },
      h("h2", { id: "costs" }, t("team.prices")), page.prices,
      allowed(provider, "SET_PRICE") && priceForm(page)));
}

function load(page) {
  return drawNewest(page, () => Promise.all([
    query(TEAM),
    firstRows(async (which) => (await query(APPLICATIONS, which)).applications),
  ]), (found) => draw(page, found));
}

function draw(page, [{ viewer: { user }, district: { municipalities } }, { nodes }]) {
  const { provider } = user;
  page.version = provider?.version;
  page.waiting.textContent = t("team.applications", { number: nodes.length });
  drawList(page.applications, nodes, ({ id }) => id, (each) => application(each, page));
  drawList(page.team, provider?.coordinators ?? [], ({ id }) => id, (each) => colleague(each, page));
  const prices = provider?.prices ?? [];
  page.prices.replaceChildren(...(prices.length ? prices.map((each) => h("li", {}, price(each))) : [h("li", {}, t("team.no_prices"))]));
  return { provider, municipalities };
}

function allowed(provider, code) {
  return provider.availableActions.some((action) => action.code === code && action.available);
}

function name({ firstName, lastName, email }) {
  return [firstName, lastName].filter(Boolean).join(" ") || email;
}

function application(each, page) {
  const item = h("li", { class: "card application" });
  const press = ({ code }) => sendOperation(item, APPLICATION_ACTIONS[code], { applicationId: each.id, ifVersion: each.version }, async ({ stateLabel }) => {
    announce(stateLabel);
    await load(page);
  });
  item.append(
    h("h3", {}, name(each)),
    h("p", {}, [t(`role.${each.role}`), each.stateLabel, each.email].filter(Boolean).join(" · ")),
    each.assistant?.introduction ? h("p", {}, each.assistant.introduction) : "",
    h("div", { class: "form-end" }, actionButtons(each.availableActions, each.id, press)));
  return item;
}

function colleague(each, page) {
  const item = h("li", { class: "card colleague" });
  const other = each.role === "ADMIN" ? "COORDINATOR" : "ADMIN";
  const operations = {
    SET_COORDINATOR_ROLE: [SET_COORDINATOR_ROLE, { coordinatorId: each.id, role: other }],
    REMOVE_COORDINATOR: [REMOVE_COORDINATOR, { coordinatorId: each.id }],
  };
  const press = ({ code, label }) => sendOperation(item, ...operations[code], async () => {
    announce(label);
    await load(page);
  });
  item.append(
    h("h3", {}, name(each)),
    h("p", {}, [t(`coordinator.${each.role}`), each.email].filter(Boolean).join(" · ")),
    h("div", { class: "form-end" }, actionButtons(each.availableActions, each.id, press)));
  return item;
}

function invitation(page) {
  const send = (element) => sendOperation(element, INVITE_COORDINATOR, { email: "", ...valuesOf(element) }, async ({ message, nextStep }) => {
    announce(`${message} ${nextStep}`);
    element.reset();
    await load(page);
  });
  return fold("INVITE_COORDINATOR", t("team.invite"), form({ id: "invitation" }, send,
    field(input("email", "email", "", { autocomplete: "off" }), t("field.email"), { required: true }),
    field(select("role", ["COORDINATOR", "ADMIN"].map((code) => [code, t(`coordinator.${code}`)]), "COORDINATOR"), t("field.role")),
    h("div", { class: "form-end" }, h("button", {}, t("team.invite")))));
}

function about({ introduction, municipalities, recognitions, acceptedPayers }) {
  const list = (values) => values.join(", ") || t("team.nothing");
  return h("dl", {},
    h("dt", {}, t("field.introduction")), h("dd", {}, introduction || t("team.nothing")),
    h("dt", {}, t("team.area")), h("dd", {}, list(municipalities.map((each) => each.name))),
    h("dt", {}, t("team.payers")), h("dd", {}, list(acceptedPayers.map((code) => t(`payer.${code}`)))),
    h("dt", {}, t("team.recognitions")), h("dd", {}, list(recognitions.map(({ kindLabel }) => kindLabel))));
}

function details(page, provider, municipalities) {
  const ticked = (element, field) => [...element.querySelectorAll(`[name="${field}"]:checked`)].map(({ value }) => value);
  const send = (element) => {
    const { introduction = "", email = "", phone = "" } = valuesOf(element);
    return sendOperation(element, UPDATE_PROVIDER, {
      introduction, email, phone, ifVersion: page.version,
      municipalityIds: ticked(element, "municipalityIds"), acceptedPayers: ticked(element, "acceptedPayers"),
    }, async () => {
      announce(t("team.saved"));
      const { provider: now } = await load(page);
      document.querySelector("#about + dl").replaceWith(about(now));
    });
  };
  const serves = new Set(provider.municipalities.map(({ id }) => id));
  return fold("UPDATE_PROVIDER", t("team.change"), form({ id: "details" }, send,
    field(h("textarea", { name: "introduction", rows: "4" }, provider.introduction), t("field.introduction")),
    field(input("email", "email", provider.email), t("field.email"), { required: true }),
    field(input("phone", "tel", provider.phone), t("field.phone"), { required: true }),
    group("municipalityIds", t("team.area"), null, ...municipalities.map((each) => check("municipalityIds", each.name, serves.has(each.id), each.id))),
    group("acceptedPayers", t("team.payers"), null, ...PAYERS.map((code) => check("acceptedPayers", t(`payer.${code}`), provider.acceptedPayers.includes(code), code))),
    h("div", { class: "form-end" }, h("button", {}, t("desk.save")))));
}

function price({ payerLabel, hourlyCents, validFrom, validUntil }) {
  const end = validUntil ? t("team.until", { day: day(validUntil) }) : "";
  return `${payerLabel}: ${money(hourlyCents)} ${t("team.from", { day: day(validFrom) })} ${end}`.trim();
}

function priceForm(page) {
  const send = (element) => {
    const { payer, hourly = "", validFrom } = valuesOf(element);
    return sendOperation(element, SET_PRICE, {
      payer, validFrom, hourlyCents: Math.round(Number(hourly.replace(",", ".")) * 100),
    }, async () => {
      announce(t("team.saved"));
      await load(page);
    });
  };
  return fold("SET_PRICE", t("team.price"), form({ id: "price" }, send,
    field(select("payer", PAYERS.map((code) => [code, t(`payer.${code}`)]), "PRIVATE"), t("field.payer")),
    h("div", { "data-field": "hourlyCents" }, field(input("hourly", "text", "", { inputmode: "decimal", autocomplete: "off" }), t("field.hourly"), { required: true })),
    field(input("validFrom", "date", today(), { min: today() }), t("field.validFrom")),
    h("div", { class: "form-end" }, h("button", {}, t("desk.save")))));
}

function fold(code, title, content) {
  return h("details", { class: "fold", "data-code": code }, h("summary", {}, title), content);
}
