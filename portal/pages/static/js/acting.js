// For whom this window acts: a delegation's id, kept until the window is closed.
const KEY = "acting-for";

/** The delegation by which this window acts; null if nobody is acted for. */
export function actingFor() {
  return sessionStorage.getItem(KEY);
}

/** Acts by a delegation from the next request on. */
export function actFor(delegation) {
  sessionStorage.setItem(KEY, delegation);
}

/** Goes on as oneself. */
export function actForOneself() {
  sessionStorage.removeItem(KEY);
}
