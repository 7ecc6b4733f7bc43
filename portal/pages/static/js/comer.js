// Whom a provider sends: all of its own people, by name.
import { field, select } from "./forms.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { t } from "./texts.js";

/** The people of the coordinator's provider by name, with what a document asks of them; for anybody else nobody. */
export async function ownPeople(document, { role, user }) {
  if (role !== "COORDINATOR" || !user.provider) return [];
  const { nodes } = await firstRows(async (which) => (await query(document, which)).assistants);
  // Others are seen as well, while there is a match with them.
  return nodes.filter(({ provider }) => provider?.id === user.provider.id)
    .map((each) => ({ ...each, name: `${each.firstName} ${each.lastName}` }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** The choice among them for dates; nothing where there is none. */
export function comerField(own) {
  return own.length > 0 && field(select("assistantId", [["", t("appointments.usual")], ...own.map(({ id, name }) => [id, name])], ""), t("appointments.who"));
}
