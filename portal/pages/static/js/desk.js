// Customer service: what is due today, finding accounts, the talk, the identity check, the release.
import { actionButtons } from "./actions.js";
import { answersOf } from "./answers.js";
import { instantOf, today, wallTime } from "./berlin.js";
import { grantForm } from "./delegations.js";
import { ACCOUNTS } from "./desk_operations.js";
import { ordersSection } from "./desk_orders.js";
import { announce, drawList, h, showView } from "./dom.js";
import { field, form, input, radios, select, valuesOf } from "./forms.js";
import { fundingFold } from "./funding.js";
import { glanceSection } from "./glance.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { RECORD_IDENTITY_CHECK, RECORD_TALK, RELEASE_ACCOUNT } from "./operations.js";
import { codeForm, phoneSection } from "./phone.js";
import { proofsSection } from "./proofs.js";
import { recognitionsSection } from "./recognitions.js";
import { clearRefusals, loading, missing, showFailure, showRefusal } from "./refusals.js";
import { reportsSection } from "./reports.js";
import { sendOperation } from "./sending.js";
import { talksSection } from "./slots.js";
import { day, instant, t } from "./texts.js";

const PAGE = 20;

/** Draws what is due, and the list of accounts that wait. */
export async function showDesk(viewer, home) {
  const page = { search: "", glance: await glanceSection() };
  const changed = () => Promise.all([load(page), page.glance.refresh()]);
  page.changed = changed;
  page.which = select("which", ["REGISTERED", "RELEASED", "ALL"].map((code) => [code, t(`desk.which.${code}`)]), "REGISTERED",
    { on: { change: () => loading(page.place, () => load(page)) } });
  page.place = h("div", {}, field(page.which, t("desk.which")),
    h("button", { type: "button", class: "quiet", id: "desk-reload", on: { click: () => loading(page.place, changed) } }, t("desk.reload")));
  page.list = h("ul", { class: "cards", id: "accounts" });
  page.heading = h("h2", { id: "waiting", hidden: true, tabindex: "-1" });
  page.more = moreButton(page, PAGE, load);
  await load(page);
  showView(t("desk.title"),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    page.glance.element,
    await reportsSection(page.glance.refresh),
    await talksSection(page.glance.refresh),
    h("section", { "aria-labelledby": "waiting" }, page.heading,
      searchForm(page),
      page.place, page.list, page.more),
    ordersSection(),
    await phoneSection(changed, home),
    await proofsSection(changed),
    await recognitionsSection());
}

/** Finds accounts in every state; without a word the list is there as before. */
function searchForm(page) {
  const end = h("button", { type: "button", class: "quiet", hidden: true, on: { click: () => {
    element.reset();
    return look("", "REGISTERED");
  } } }, t("desk.search_end"));
  const look = async (words, which) => {
    const before = [page.search, page.which.value, page.number];
    [page.search, page.which.value, page.number] = [words, which, PAGE];
    clearRefusals(element);
    try {
      await load(page);
      end.hidden = !words;
      page.heading.focus();
      announce(page.heading.textContent);
    } catch (error) {
      [page.search, page.which.value, page.number] = before;
      showFailure(element, error);
    }
  };
  const element = form({ id: "people-search", role: "search" }, () => {
    const words = valuesOf(element).search?.trim() ?? "";
    return look(words, words ? "ALL" : "REGISTERED");
  },
  field(input("search", "search", "", { autocomplete: "off", spellcheck: "false" }), t("desk.search"), { hint: t("desk.search_hint") }),
  h("div", { class: "form-end" }, h("button", {}, t("desk.find")), " ", end));
  return element;
}

function load(page) {
  const which = page.which.value;
  const where = { search: page.search || null, state: which === "ALL" ? null : [which] };
  return drawRows(page, async (part) => (await query(ACCOUNTS, { ...part, where })).accounts, ({ nodes, totalCount }) => {
    page.heading.textContent = page.search ? t("list.hits", { number: totalCount }) : t(`desk.count.${which}`, { number: totalCount });
    page.heading.hidden = false;
    drawList(page.list, nodes, ({ id }) => id, (account) => card(account, page));
  });
}

function card(account, page) {
  const item = h("li", { class: "card account" });
  const waits = account.state === "REGISTERED";
  const done = (sentence) => async () => {
    announce(sentence);
    await page.changed();
  };
  const release = () => sendOperation(item, RELEASE_ACCOUNT, { userId: account.id, ifVersion: account.version }, done(t("desk.released")));
  item.append(...[
    h("h3", {}, `${account.firstName} ${account.lastName}`),
    h("p", {}, [t(`role.${account.role}`), account.stateLabel, account.phone ?? account.mobile, account.email].filter(Boolean).join(" · ")),
    h("ul", { class: "facts" },
      h("li", {}, account.emailConfirmed ? t("desk.email_yes") : t("desk.email_no")),
      ...(account.talks ?? []).map((talk) => h("li", {},
        `${t(`talk.${talk.outcome}`)}, ${t(`channel.${talk.channel}`)}, ${instant(talk.heldAt)}`)),
      ...(account.identityChecks ?? []).map((seen) => h("li", {},
        `${t(`verdict.${seen.verdict}`)}, ${t(`document.${seen.document}`)}, ${day(seen.checkedOn)}`))),
    account.talkBooking && h("p", { class: "booked" }, booked(account.talkBooking)),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", account.nextStep),
    ...answersOf(account.talks, done(t("answers.saved"))),
    waits && talkForm(account, done(t("desk.talk_saved"))),
    waits && identityForm(account, done(t("desk.identity_saved"))),
    account.role === "SEEKER" && !account.emailConfirmed && codeFold(account, done(t("phone.confirmed"))),
    account.role === "SEEKER" && grantForm({ userId: account.id }, done(t("delegations.asked")), ["GUARDIAN", "RELATIVE", "TRUSTED_PERSON"]),
    account.seeker && !waits && fundingFold(account),
    h("div", { class: "form-end" },
      actionButtons(account.availableActions.filter(({ code }) => code === "RELEASE_ACCOUNT"), account.id, release)),
  ].filter(Boolean));
  return item;
}

/** When, how, and what the person needs for it. */
function booked({ channel, wishes, slot }) {
  const said = [slot && instant(slot.startsAt), t(`channel.${channel}`), ...wishes.map((wish) => t(`wish.${wish}`))];
  return t("desk.booked", { what: said.filter(Boolean).join(" · ") });
}

/** The texts that are read out come when they are wanted. */
function codeFold(account, done) {
  const place = h("details", { class: "fold" }, h("summary", {}, t("phone.code")));
  place.addEventListener("toggle", () => place.open && loading(place,
    async () => place.replaceWith(Object.assign(await codeForm(account, done), { open: true }))));
  return place;
}

function talkForm(account, done) {
  const now = wallTime(new Date().toISOString());
  const submit = (element) => {
    const values = valuesOf(element);
    const { channel, outcome, date, time, careGrade, payer, failure } = values;
    const booked = account.talkBooking && { bookingId: account.talkBooking.id, failure };
    const truth = (name) => (name in values ? values[name] === "true" : null);
    if (!date || !time) return showRefusal(element, missing("heldAt"));
    return sendOperation(element, RECORD_TALK, {
      userId: account.id, channel, outcome, heldAt: instantOf(date, time),
      careGrade: careGrade ? Number(careGrade) : null, payer: payer ?? null,
      usesReliefAmount: truth("usesReliefAmount"), hasIntegrationAssistance: truth("hasIntegrationAssistance"),
      ...booked,
    }, done);
  };
  return h("details", { class: "fold" }, h("summary", {}, t("desk.talk")),
    form({ class: "talk" }, submit,
      radios("channel", t("field.channel"), options("channel", ["PHONE", "VIDEO"]), account.talkBooking?.channel ?? "PHONE"),
      radios("outcome", t("field.outcome"), options("talk", ["DONE", "FAILED"]), "DONE"),
      account.talkBooking && field(select("failure", options("failure", ["NO_SHOW", "TECHNICAL", "OTHER"]), "NO_SHOW"), t("field.failure")),
      h("div", { class: "row", "data-field": "heldAt" },
        field(input("date", "date", now.date, { max: now.date }), t("field.date")),
        field(input("time", "time", now.time), t("field.time"))),
      ...(account.role === "SEEKER" ? asked() : []),
      h("div", { class: "form-end" }, h("button", {}, t("desk.save")))));
}

/** What only those are asked for who seek; what nobody asked is neither yes nor no. */
function asked() {
  const unknown = ["", t("desk.not_asked")];
  const truth = (name) => field(select(name, [unknown, [true, t("yes")], [false, t("no")]], ""), t(`field.${name}`));
  return [
    field(select("careGrade", [unknown, ...[0, 1, 2, 3, 4, 5].map((grade) => [grade, grade ? t("answers.grade", { number: grade }) : t("answers.no_grade")])], ""), t("field.careGrade")),
    field(select("payer", [unknown, ...options("payer", ["CARE_INSURANCE", "INTEGRATION_ASSISTANCE", "HELP_TO_CARE", "PRIVATE", "OTHER"])], ""), t("field.payer")),
    truth("usesReliefAmount"), truth("hasIntegrationAssistance"),
  ];
}

function identityForm(account, done) {
  const submit = (element) => {
    const { document: kind, verdict, checkedOn } = valuesOf(element);
    if (!checkedOn) return showRefusal(element, missing("checkedOn"));
    return sendOperation(element, RECORD_IDENTITY_CHECK, { userId: account.id, document: kind, verdict, checkedOn }, done);
  };
  return h("details", { class: "fold" }, h("summary", {}, t("desk.identity")),
    form({ class: "identity" }, submit,
      h("p", { class: "hint" }, t("desk.identity_hint")),
      field(select("document", options("document", ["IDENTITY_CARD", "PASSPORT", "RESIDENCE_PERMIT"]), "IDENTITY_CARD"), t("field.document")),
      radios("verdict", t("field.verdict"), options("verdict", ["CONFIRMED", "REJECTED"]), "CONFIRMED"),
      field(input("checkedOn", "date", today(), { max: today() }), t("field.checkedOn")),
      h("div", { class: "form-end" }, h("button", {}, t("desk.save")))));
}

function options(prefix, values) {
  return values.map((value) => [value, t(`${prefix}.${value}`)]);
}
