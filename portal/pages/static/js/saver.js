// Saving a draft piece by piece: changes gather for a moment and go out one after the other.
import { isRefusal, mutate, query } from "./graph.js";
import { ORDER_BY_ID, UPDATE_ORDER } from "./operations.js";

const RETRY = 5000;
const OF_ONE_KIND = ["startsAt", "startDate", "interval", "count"];

/**
 * A saver for one order.
 *
 * `tell` has saved(order), waiting(), refused(), stale(order), failed(error) and unclear(field), the
 * problem of a field whose value is undefined: it cannot be sent. A refused field is remembered
 * until it changes; what went out beside it is sent again without it.
 */
export function saver(first, tell) {
  let order = first;
  let waiting = {};
  let refused = {};
  let held = { fields: {}, problems: [] };
  let timer = null;
  let running = null;

  const change = (fields, delay) => {
    if ("kind" in fields) {
      for (const name of OF_ONE_KIND) for (const store of [waiting, refused, held.fields]) delete store[name];
    }
    for (const name of Object.keys(fields)) delete refused[name];
    Object.assign(waiting, fields);
    tell.waiting();
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  };
  const problems = () => [...Object.values(refused), ...held.problems];
  /** Sends what waits; gives whether everything that the form shows is saved. */
  const flush = async () => {
    clearTimeout(timer);
    waiting = { ...held.fields, ...waiting };
    held = { fields: {}, problems: [] };
    let well = true;
    while (well && (running || !isEmpty(waiting))) {
      running ??= send().finally(() => { running = null; });
      well = await running;
    }
    return well && problems().length === 0;
  };
  const send = async () => {
    const fields = sendable();
    waiting = {};
    if (isEmpty(fields)) {
      tell.refused();
      return true;
    }
    let answer;
    try {
      answer = await ask(fields);
    } catch (error) {
      Object.assign(waiting, current(fields));
      clearTimeout(timer);
      timer = setTimeout(flush, RETRY);
      tell.failed(error);
      return false;
    }
    // What is drawn from here on is no part of the sending: where that fails, nothing is sent again.
    const { payload, present } = answer;
    if (!payload) return replace(present);
    if (isRefusal(payload)) remember(fields, payload);
    else keep(payload);
    return true;
  };
  /** The payload; where somebody else was faster, the order as it is by now. */
  const ask = async (fields) => {
    const payload = await mutate(UPDATE_ORDER, { orderId: order.id, ifVersion: order.version, ...fields });
    return payload.__typename === "StaleRefused"
      ? { present: (await query(ORDER_BY_ID, { id: order.id })).order } : { payload };
  };
  const sendable = () => {
    for (const [name, value] of Object.entries(waiting)) {
      if (value === undefined) refused[name] = tell.unclear(name);
    }
    return Object.fromEntries(Object.entries(waiting).filter(([, value]) => value !== undefined));
  };
  /** Those that were not changed again while they were under way. */
  const current = (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) =>
    !(name in waiting) && !("kind" in waiting && OF_ONE_KIND.includes(name))));
  const remember = (fields, refusal) => {
    const found = refusal.problems?.length ? refusal.problems : [refusal];
    const mine = found.filter(({ field }) => field in fields);
    const rest = current(fields);
    for (const problem of mine) {
      if (problem.field in rest) refused[problem.field] = problem;
      delete rest[problem.field];
    }
    if (mine.length) Object.assign(waiting, rest);
    else held = { fields: rest, problems: found };
    tell.refused();
  };
  const replace = async (present) => {
    order = present;
    waiting = {};
    forget();
    await tell.stale(order);
    return false;
  };
  const keep = (next) => {
    order = next;
    if (isEmpty(waiting)) tell.saved(next);
  };
  const foreign = (next) => {
    if (running || !isEmpty(waiting) || next.version <= order.version) return false;
    order = next;
    forget();
    return true;
  };
  const forget = () => {
    refused = {};
    held = { fields: {}, problems: [] };
  };
  return { change, flush, problems, foreign, order: () => order };
}

function isEmpty(fields) {
  return Object.keys(fields).length === 0;
}
