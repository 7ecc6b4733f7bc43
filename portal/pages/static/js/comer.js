// Whom a provider sends to the dates of a contract.
import { field, select } from "./forms.js";
import { query } from "./graph.js";
import { OWN_PEOPLE } from "./operations.js";
import { t } from "./texts.js";

/** The provider's own people, if the viewer speaks for it; nobody else chooses. */
export async function ownPeople({ provider }, { role }) {
  return role === "COORDINATOR" && provider ? (await query(OWN_PEOPLE, { first: 100 })).assistants.nodes : [];
}

/** The choice among them; nothing where there is none. */
export function comerField(own) {
  const options = [["", t("appointments.usual")], ...own.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`])];
  return own.length > 0 && field(select("assistantId", options, ""), t("appointments.who"));
}
