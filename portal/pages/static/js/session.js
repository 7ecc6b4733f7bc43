// Who is signed in.
import { actForOneself } from "./acting.js";
import { mutate, query } from "./graph.js";
import { reconnect } from "./live.js";
import { SIGN_IN, SIGN_OUT, VIEWER } from "./operations.js";

/** Roles that find each other in the portal. */
export const PARTIES = ["SEEKER", "ASSISTANT", "COORDINATOR"];

/** The viewer: role, next step and, when signed in, the account. */
export async function viewer() {
  return (await query(VIEWER)).viewer;
}

/** The personas of the demo; none outside it. */
export async function personas() {
  return (await fetch("/demo/personas")).json();
}

/** Signs in with a cookie; gives the payload, which may be a refusal. */
export async function signIn(email, password, code = "") {
  actForOneself();
  const payload = await mutate(SIGN_IN, { email, password, code, transport: "COOKIE" });
  reconnect();
  return payload;
}

/** Ends the session. */
export async function signOut() {
  actForOneself();
  await mutate(SIGN_OUT, {});
  reconnect();
}
