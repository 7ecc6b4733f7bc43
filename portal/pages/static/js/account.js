// One's own account in one place: where it is signed in, how one signs in, the calendar, what was agreed to.
import { ACCOUNT } from "./account_operations.js";
import { announce, h, showView } from "./dom.js";
import { feedSection } from "./feed.js";
import { query } from "./graph.js";
import { providerOf } from "./leaving.js";
import { hasProfile } from "./profile.js";
import { removalForm, renewalForm } from "./second_factor.js";
import { PARTIES } from "./session.js";
import { sessionsSection } from "./sessions.js";
import { waitsForTalk } from "./talk.js";
import { t } from "./texts.js";

// Everybody else has to have a second factor; the server holds the rule.
const FREE = ["SEEKER", "ASSISTANT", "REPRESENTATIVE"];

/** Draws the view; what has a view of its own is linked, `home` follows what shows codes, `again` draws anew. */
export async function showAccount(viewer, home, again) {
  const dates = PARTIES.includes(viewer.role) && !waitsForTalk(viewer);
  const { viewer: { user } } = await query(ACCOUNT);
  const sessions = await sessionsSection();
  showView(t("account.title"),
    h("p", {}, h("a", { href: "#" }, `← ${t("profile.back")}`)),
    h("ul", { class: "links" }, ...[
      hasProfile(viewer) && ["profile", t("profile.title")],
      ["consents", t("consents.title")],
      ["forgotten", t("account.password")],
      PARTIES.includes(viewer.role) && ["blocks", t("blocks.title")],
    ].filter(Boolean).map(([view, title]) => h("li", {}, h("a", { href: `#${view}` }, title)))),
    factorSection(viewer, user, home, again),
    sessions,
    dates && feedSection(),
    providerOf(user.assistant, home));
}

function factorSection(viewer, { secondFactor, recoveryCodesLeft }, home, again) {
  const removed = async () => {
    await again();
    announce(t("factor.removed"));
  };
  return h("section", { "aria-labelledby": "factor", class: "paper" },
    h("h2", { id: "factor" }, t("factor.title")),
    h("p", { id: "factor-state" }, secondFactor ? t("account.factor_on", { number: recoveryCodesLeft }) : t("account.factor_off")),
    secondFactor && renewalForm(home),
    secondFactor && FREE.includes(viewer.role) && removalForm(removed),
    !secondFactor && h("p", {}, h("a", { class: "button", href: "#second-factor", id: "second-factor" }, t("factor.begin"))));
}
