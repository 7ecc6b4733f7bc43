// Saving a draft piece by piece: changes gather for a moment and go out one after the other.
import { isRefusal, mutate, query } from "./graph.js";
import { ORDER_BY_ID, UPDATE_ORDER } from "./operations.js";

/**
 * A saver for one order.
 *
 * `tell` has saved(order), waiting(), refused(refusal), stale(order) and failed(error). A refused
 * piece is dropped from what waits: the field keeps it, and the next change of the field sends it
 * again.
 */
export function saver(first, tell) {
  let order = first;
  let waiting = {};
  let timer = null;
  let running = null;

  const change = (fields, delay) => {
    Object.assign(waiting, fields);
    tell.waiting();
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  };
  const idle = () => Object.keys(waiting).length === 0 && running === null;
  const flush = async () => {
    clearTimeout(timer);
    while (running) await running;
    if (Object.keys(waiting).length === 0) return;
    running = send();
    await running;
    running = null;
    if (idle()) return;
    await flush();
  };
  const send = async () => {
    const fields = waiting;
    waiting = {};
    try {
      const payload = await mutate(UPDATE_ORDER, { orderId: order.id, ifVersion: order.version, ...fields });
      if (payload.__typename === "StaleRefused") await reload();
      else if (isRefusal(payload)) tell.refused(payload);
      else keep(payload);
    } catch (error) {
      waiting = { ...fields, ...waiting };
      clearTimeout(timer);
      timer = setTimeout(flush, 5000);
      tell.failed(error);
    }
  };
  const reload = async () => {
    order = (await query(ORDER_BY_ID, { id: order.id })).order;
    tell.stale(order);
  };
  const keep = (next) => {
    order = next;
    if (Object.keys(waiting).length === 0) queueMicrotask(() => tell.saved(next));
  };
  const foreign = (next) => {
    if (running || next.version <= order.version) return false;
    order = next;
    return true;
  };
  return { change, flush, idle, foreign, order: () => order };
}
