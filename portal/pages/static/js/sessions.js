// Where the viewer is signed in: each session can be ended, and all others at once.
import { REVOKE_OTHER_SESSIONS, REVOKE_SESSION, SESSIONS } from "./account_operations.js";
import { announce, drawList, h } from "./dom.js";
import { query } from "./graph.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

/** The section. The present session ends by signing out, as everywhere. */
export async function sessionsSection() {
  const page = { list: h("ul", { class: "cards", id: "sessions" }) };
  page.others = h("div", { class: "form-end" }, h("button", { type: "button", class: "quiet", id: "end-others", on: {
    click: () => sendOperation(page.section, REVOKE_OTHER_SESSIONS, {}, told(page)),
  } }, t("sessions.end_others")));
  const heading = h("h2", { id: "sessions-heading" }, t("sessions.title"));
  page.section = h("section", { "aria-labelledby": "sessions-heading", class: "paper" },
    heading, h("p", { class: "hint" }, t("sessions.hint")), page.list, page.others);
  draw(page, (await query(SESSIONS)).sessions);
  return page.section;
}

function told(page) {
  return ({ message, sessions }) => {
    draw(page, sessions);
    announce(message);
  };
}

function draw(page, sessions) {
  page.others.hidden = !sessions.some(({ current }) => !current);
  drawList(page.list, sessions, ({ id }) => id, (each) => card(each, page));
}

function card({ id, createdAt, lastSeenAt, current }, page) {
  const item = h("li", { class: "card session" });
  const end = () => sendOperation(item, REVOKE_SESSION, { sessionId: id }, told(page));
  item.append(
    h("h3", {}, current ? t("sessions.this") : t("sessions.since", { moment: instant(createdAt) })),
    h("p", {}, current ? t("sessions.since", { moment: instant(createdAt) }) : t("sessions.seen", { moment: instant(lastSeenAt) })),
    current ? "" : h("div", { class: "form-end" }, h("button", { type: "button", class: "quiet end-session",
      "aria-label": t("sessions.end_which", { moment: instant(createdAt) }), on: { click: end } }, t("sessions.end"))));
  return item;
}
