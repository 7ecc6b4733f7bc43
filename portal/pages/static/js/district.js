// What the district says of itself: welcome, contact, and the hours of its customer service.
import { h } from "./dom.js";
import { query } from "./graph.js";
import { drawNewest } from "./newest.js";
import { DISTRICT } from "./operations.js";
import { t } from "./texts.js";

/** The district as it presents itself in the chosen language. */
export async function district() {
  return (await query(DISTRICT)).district;
}

/** Puts the contact into the foot of the page; without a district there is none. */
export async function drawService() {
  const place = document.querySelector("#service");
  await drawNewest(place, () => district().then(contact, () => []), (found) => place.replaceChildren(...found));
}

/** A section with contact and hours, for the start page. */
export function serviceSection(found) {
  return h("section", { "aria-labelledby": "service-heading" },
    h("h2", { id: "service-heading" }, t("service.title")), ...contact(found));
}

function contact({ name, contact: { email, phone }, hours }) {
  return [
    h("p", {}, h("strong", {}, t("service.of", { name }))),
    h("ul", { class: "facts" },
      phone && h("li", {}, h("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, t("service.phone", { phone }))),
      email && h("li", {}, h("a", { href: `mailto:${email}` }, t("service.email", { email }))),
      ...runsOf(hours).map((run) => h("li", {}, run))),
  ];
}

/** Days that follow each other with the same hours, in one line each. */
function runsOf(hours) {
  const runs = [];
  for (const window of hours) {
    const last = runs.at(-1);
    const same = last && last.start === window.start && last.end === window.end && last.to.weekday + 1 === window.weekday;
    if (same) last.to = window;
    else runs.push({ from: window, to: window, start: window.start, end: window.end });
  }
  return runs.map(({ from, to, start, end }) => {
    const values = { from: from.weekdayLabel, to: to.weekdayLabel, start, end };
    return from === to ? t("service.day", values) : t("service.days", values);
  });
}
