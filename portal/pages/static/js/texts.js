// The page's own few words in the chosen language; everything else comes from the graph.
import { drawNewest } from "./newest.js";

/** The languages of the portal, and how the graph calls the one in which it writes mails. */
export const MAIL_LANGUAGES = { de: "DE", "de-x-leicht": "LEICHT", en: "EN" };
let catalogue = {};
let spoken = null; // the choice of a language that the words belong to

/** The language that the page and its requests use: the chosen one, else the first of the browser's that there is. */
export let language = [localStorage.language, ...navigator.languages.map((each) => each.split("-")[0]), "de"]
  .find((each) => each in MAIL_LANGUAGES);

/**
 * Loads a language and puts its words into the fixed parts of the page; of two at once the last one counts whose words come.
 *
 * Gives a function that says whether this choice is the one that counts, now or later: who draws the rest asks it.
 */
export async function useLanguage(wanted) {
  const choice = Symbol(wanted);
  await drawNewest(document, async () => (await fetch(`/pages/texts/${wanted}.json`)).json(), (words) => {
    spoken = choice;
    catalogue = words;
    language = wanted;
    localStorage.language = wanted;
    document.documentElement.lang = wanted;
    for (const element of document.querySelectorAll("[data-text]")) {
      element.textContent = t(element.dataset.text);
    }
  });
  return () => spoken === choice;
}

/** The text of a key with its placeholders filled in. */
export function t(key, values = {}) {
  const found = catalogue[key];
  if (found === undefined) throw new Error(`no text for ${key}`);
  return found.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

/** Whether there is a text of this key. */
export function hasText(key) {
  return key in catalogue;
}

/** An instant as people write it, in the district's own time zone. */
export function instant(iso) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "full", timeStyle: "short", timeZone: "Europe/Berlin" })
    .format(new Date(iso));
}

/** A calendar day as people write it. */
export function day(date) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "full", timeZone: "UTC" })
    .format(new Date(`${date}T00:00:00Z`));
}

/** A calendar day without its weekday. */
export function dateOf(date) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

/** The time of day of an instant, in the district's own time zone. */
export function clock(iso) {
  return new Intl.DateTimeFormat(locale(), { timeStyle: "short", timeZone: "Europe/Berlin" }).format(new Date(iso));
}

/** A month, such as 2026-03, as people write it. */
export function month(code) {
  return new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${code}-01T00:00:00Z`));
}

/** An amount of euro cents as people write it. */
export function money(cents) {
  return new Intl.NumberFormat(locale(), { style: "currency", currency: "EUR" }).format(cents / 100);
}

/** A number as people write it. */
export function number(value) {
  return new Intl.NumberFormat(locale()).format(value);
}

/** An amount of euro without cents, as it stands on an axis. */
export function euro(amount) {
  return new Intl.NumberFormat(locale(), { style: "currency", currency: "EUR", maximumFractionDigits: 0 }).format(amount);
}

/** The names of the months. */
export function months() {
  const format = new Intl.DateTimeFormat(locale(), { month: "long", timeZone: "UTC" });
  return [...Array(12).keys()].map((at) => format.format(new Date(Date.UTC(2024, at, 1))));
}

/** The names of the weekdays, Monday first. */
export function weekdays() {
  const format = new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" });
  return [...Array(7).keys()].map((at) => format.format(new Date(Date.UTC(2024, 0, 1 + at))));
}

function locale() {
  return language === "en" ? "en-GB" : "de-DE";
}
