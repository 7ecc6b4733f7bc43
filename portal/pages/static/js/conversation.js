// What both sides of a match write to each other, live.
import { announce, drawList, h } from "./dom.js";
import { field, form, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { watch } from "./live.js";
import { CONVERSATION, MARK_READ, MESSAGE_ADDED, SEND_MESSAGE } from "./operations.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

const SHOWN = 50;
const ENOUGH = 60; // letters that tell one message from another

/** The section of a conversation; `report` takes a message of the other side, `stop` ends following it. */
export function conversationSection(id, report) {
  const page = { id, report, newest: null };
  page.list = h("ol", { class: "messages", id: "messages" });
  page.none = h("p", {}, t("messages.none"));
  page.closed = h("p", { hidden: true }, t("messages.closed"));
  page.form = form({ id: "write" }, (element) => sendOperation(element, SEND_MESSAGE,
    { conversationId: id, text: valuesOf(element).text ?? "" }, ({ warnings }) => {
      element.reset();
      page.hint.textContent = warnings.map(({ message }) => message).join(" ");
      return load(page);
    }),
    field(h("textarea", { name: "text", rows: "3" }), t("messages.text")),
    page.hint = h("p", { class: "hint", role: "status" }),
    h("div", { class: "form-end" }, h("button", {}, t("messages.send"))));
  const element = h("section", { "aria-labelledby": "conversation-heading", id: "conversation" },
    h("h2", { id: "conversation-heading" }, t("messages.title")), page.none, page.list, page.closed, page.form);
  const again = () => load(page).catch(() => setTimeout(again, 2000));
  again();
  return { element, stop: watch(MESSAGE_ADDED, { conversationId: id }, { onEvent: again, onResync: again }) };
}

async function load(page) {
  const { conversation } = await query(CONVERSATION, { id: page.id, first: SHOWN });
  if (!conversation) return;
  const messages = [...conversation.messages.nodes].reverse();
  page.none.hidden = messages.length > 0;
  page.form.hidden = !conversation.open;
  page.closed.hidden = conversation.open;
  drawList(page.list, messages, ({ id }) => id, (each) => message(each, page.report));
  const newest = messages.at(-1);
  if (page.newest && newest && newest.id !== page.newest && !newest.mine) announce(t("messages.new", { text: newest.text }));
  page.newest = newest?.id ?? "";
  if (conversation.unreadCount > 0) {
    await sendOperation(page.form, MARK_READ, { conversationId: page.id, messageId: newest.id }, () => {});
  }
}

function message({ id, mine, text, sentAt, isRead }, report) {
  const who = mine ? t("messages.you") : t("messages.other");
  return h("li", { class: mine ? "message mine" : "message" },
    h("p", { class: "hint" }, `${who}, ${instant(sentAt)}${mine && isRead ? ` · ${t("messages.read")}` : ""}`),
    h("p", {}, text),
    !mine && h("button", { type: "button", class: "link report-message", "data-focus": `${id} report`, "aria-label": t("messages.report_which", { text: text.slice(0, ENOUGH) }),
      on: { click: () => report({ id, text }) } }, t("messages.report")));
}
