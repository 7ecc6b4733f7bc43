// Customer service: what somebody told about the other side of a match, until it is looked into.
import { REPORTS } from "./desk_operations.js";
import { announce, drawList, h } from "./dom.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { HANDLE_REPORT } from "./operations.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

const PAGE = 20;

/** A section with the reports that nobody has handled yet; `changed` is called after each that was handled. */
export async function reportsSection(changed = () => {}) {
  const page = { changed };
  page.heading = h("h2", { id: "reports-heading", tabindex: "-1" });
  page.list = h("ul", { class: "cards", id: "reports" });
  page.lead = h("p", { class: "hint" }, t("reports.lead"));
  page.more = moreButton(page, PAGE, load);
  await load(page);
  return h("section", { "aria-labelledby": "reports-heading" }, page.heading,
    page.lead, page.list, page.more);
}

function load(page) {
  return drawRows(page, async (which) => (await query(REPORTS, which)).reports, ({ nodes, totalCount }) => {
    page.heading.textContent = t("reports.title", { number: totalCount });
    page.lead.hidden = totalCount === 0;
    drawList(page.list, nodes, ({ id }) => id, (report) => card(report, page));
  });
}

function card(report, page) {
  const item = h("li", { class: "card report" });
  const reason = t(`report.${report.reason}`);
  const about = report.provider?.name ?? person(report.subject);
  const handle = () => sendOperation(item, HANDLE_REPORT, { reportId: report.id }, async ({ message }) => {
    await load(page);
    page.heading.focus();
    announce(message);
    await page.changed();
  });
  const rows = [
    [t("reports.by"), [person(report.reporter), report.reporter?.phone ?? report.reporter?.mobile, report.reporter?.email].filter(Boolean).join(" · ")],
    [t("reports.about"), about],
    [t("reports.note"), report.note],
    [t("reports.message"), report.messageText],
  ].filter(([, value]) => value);
  item.append(
    h("h3", {}, reason), h("p", {}, instant(report.createdAt)),
    h("dl", { class: "summary" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    h("div", { class: "form-end" }, h("button", { type: "button", class: "quiet handled",
      "aria-label": t("reports.handle_which", { reason, name: about }), on: { click: handle } }, t("reports.handle"))));
  return item;
}

function person(user) {
  if (!user) return t("reports.nobody");
  return `${user.firstName} ${user.lastName} (${user.roleLabel})`;
}
