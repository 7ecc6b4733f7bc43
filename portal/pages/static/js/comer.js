// Whom a provider sends: all of its own people, by name.
import { field, select } from "./forms.js";
import { query } from "./graph.js";
import { OWN_PEOPLE } from "./operations.js";
import { t } from "./texts.js";

const PAGE = 100;

/** The people of the coordinator's provider, each with id and name; for anybody else nobody. */
export async function ownPeople({ role, user }) {
  const found = [];
  let page = { hasNextPage: role === "COORDINATOR" && Boolean(user.provider), endCursor: null };
  while (page.hasNextPage) {
    const { assistants } = await query(OWN_PEOPLE, { first: PAGE, after: page.endCursor });
    // Others are seen as well, while there is a match with them.
    found.push(...assistants.nodes.filter(({ provider }) => provider?.id === user.provider.id));
    page = assistants.pageInfo;
  }
  return found.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]).sort(([, one], [, other]) => one.localeCompare(other));
}

/** The choice among them for dates; nothing where there is none. */
export function comerField(own) {
  return own.length > 0 && field(select("assistantId", [["", t("appointments.usual")], ...own], ""), t("appointments.who"));
}
