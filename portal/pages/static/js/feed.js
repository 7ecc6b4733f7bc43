// The secret address at which a calendar program reads the viewer's dates: shown when asked for, and revoked.
import { CREATE_FEED, REVOKE_FEED } from "./account_operations.js";
import { announce, h } from "./dom.js";
import { field, input } from "./forms.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

/** The section; the address is in the page only after the button, and never kept. */
export function feedSection() {
  const place = h("div", { id: "feed-address" });
  const show = () => sendOperation(section, CREATE_FEED, {}, ({ address, message, nextStep }) => {
    const line = input("address", "url", address, { readonly: true, autocomplete: "off", on: { focus: () => line.select() } });
    place.replaceChildren(h("p", {}, message), field(line, t("feed.address"), { hint: nextStep }));
    line.focus();
  });
  const revoke = () => window.confirm(t("feed.revoke_sure")) && sendOperation(section, REVOKE_FEED, {}, ({ message }) => {
    place.replaceChildren(h("p", { id: "feed-revoked" }, message));
    announce(message);
  });
  const section = h("section", { "aria-labelledby": "feed", class: "paper" },
    h("h2", { id: "feed" }, t("feed.title")), h("p", {}, t("feed.what")), h("p", { class: "hint" }, t("feed.secret")), place,
    h("div", { class: "form-end actions" },
      h("button", { type: "button", id: "show-feed", on: { click: show } }, t("feed.show")),
      h("button", { type: "button", class: "quiet", id: "revoke-feed", on: { click: revoke } }, t("feed.revoke"))));
  return section;
}
