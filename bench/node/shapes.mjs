// What Yoga and Mercurius make of rows: ids, windows, cursors, activities, and the ladder of disclosure.
import { readFileSync } from 'node:fs';
import { STAGE } from './database.mjs';

const here = new URL('.', import.meta.url);
const DISTRICT = process.env.DISTRICT_KEY ?? '03155';
const LABELS = JSON.parse(readFileSync(process.env.BENCH_LABELS, 'utf8'));
const ACTIVITIES = Object.fromEntries(Object.entries(LABELS).map(([code, label]) => [code, { code, label }]));
const LATEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const UUID = /^[a-z]+_[0-9]{5}_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

export const typeDefs = readFileSync(new URL('schema.graphql', here), 'utf8');

export const encode = (kind, uuid) => `${kind}_${DISTRICT}_${uuid.replaceAll('-', '')}`;

export function decode(id) {
  const found = UUID.exec(id);
  if (!found) throw new Error('not an id of this graph');
  return found.slice(1).join('-');
}

const cursorOf = (uuid) => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');

export function placeOf(cursor) {
  if (!cursor) return LATEST;
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function pageOf(rows, first, behind = false) {
  const nodes = rows.slice(0, first);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: behind,
      startCursor: nodes.length ? cursorOf(nodes[0].id) : null,
      endCursor: nodes.length ? cursorOf(nodes.at(-1).id) : null,
    },
  };
}

export const activities = (codes) => codes.map((code) => ACTIVITIES[code]);

const clock = (quarter) =>
  `${String(quarter >> 2).padStart(2, '0')}:${String((quarter & 3) * 15).padStart(2, '0')}`;

export function windowsOf(week) {
  const found = [];
  for (let day = 0; day < 7; day += 1) {
    let begin = -1;
    for (let quarter = 0; quarter <= 96; quarter += 1) {
      const bit = day * 96 + quarter;
      const free = quarter < 96 && (week[bit >> 3] >> (7 - (bit & 7))) & 1;
      if (free && begin < 0) begin = quarter;
      if (!free && begin >= 0) {
        found.push({ weekday: day + 1, start: clock(begin), end: clock(quarter) });
        begin = -1;
      }
    }
  }
  return found;
}

const column = (name) => (row) => row[name];
const from = (stage, name) => (row) => (row.stage >= stage ? row[name] : null);
const identity = (kind) => ({ id: (row) => encode(kind, row.id) });

const person = {
  firstName: from(STAGE.MATCH, 'first_name'),
  lastName: from(STAGE.CONTRACT, 'last_name'),
  email: from(STAGE.CONTRACT, 'email'),
  phone: from(STAGE.COMMISSION, 'phone'),
  mobile: from(STAGE.COMMISSION, 'mobile'),
};

// The fields that need nothing but their row.
export const fields = {
  Municipality: identity('municipality'),
  Provider: identity('provider'),
  Match: {
    ...identity('match'),
    createdAt: column('created_at'),
    decidedAt: column('decided_at'),
  },
  Seeker: {
    ...identity('seeker'),
    ...person,
    introduction: from(STAGE.MATCH, 'introduction'),
    street: from(STAGE.CONTRACT, 'street'),
    postcode: from(STAGE.CONTRACT, 'postcode'),
    actingFor: from(STAGE.STAFF, 'acting_for'),
  },
  Assistant: {
    ...identity('assistant'),
    ...person,
    introduction: from(STAGE.MATCH, 'introduction'),
    employment: from(STAGE.MATCH, 'employment'),
    languages: (row) => (row.stage >= STAGE.MATCH ? row.languages.split(' ') : null),
    hasCar: from(STAGE.MATCH, 'has_car'),
    radiusKm: from(STAGE.STAFF, 'radius_km'),
  },
  Order: {
    ...identity('order'),
    state: from(STAGE.RELEASED, 'state'),
    kind: from(STAGE.RELEASED, 'kind'),
    description: from(STAGE.RELEASED, 'description'),
    durationMinutes: from(STAGE.RELEASED, 'duration_minutes'),
    needsDriving: from(STAGE.RELEASED, 'needs_driving'),
    startsAt: from(STAGE.RELEASED, 'starts_at'),
    startDate: from(STAGE.RELEASED, 'start_date'),
    interval: from(STAGE.RELEASED, 'interval'),
    count: from(STAGE.RELEASED, 'count'),
    maxDistanceKm: from(STAGE.RELEASED, 'max_distance_km'),
    createdAt: from(STAGE.STAFF, 'created_at'),
    releasedAt: from(STAGE.RELEASED, 'released_at'),
    windows: (row) => (row.stage >= STAGE.RELEASED ? windowsOf(row.week) : null),
  },
};

const KINDS = { Order: 'ordersById', Match: 'matchesById', Assistant: 'assistantsById', Provider: 'providersById' };

export const entityType = (row) => row.__typename;

// The references of a gateway: one statement per type, in the order asked for.
export async function entities(database, representations) {
  const found = new Array(representations.length).fill(null);
  await Promise.all(Object.entries(KINDS).map(async ([kind, load]) => {
    const places = [...representations.keys()].filter((at) => representations[at].__typename === kind);
    if (!places.length) return;
    const rows = await database[load](places.map((at) => decode(representations[at].id)));
    places.forEach((at, index) => {
      if (rows[index]) found[at] = { ...rows[index], __typename: kind };
    });
  }));
  return found;
}
