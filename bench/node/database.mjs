// The statements of both Yoga and Mercurius: batched by ANY($1), prepared by name, with the rights in them.
import { createHash } from 'node:crypto';
import pg from 'pg';

// Instants and days stay text, instants in the form that the portal gives them.
pg.types.setTypeParser(1184, (text) => `${text.replace(' ', 'T')}:00`);
pg.types.setTypeParser(1082, (text) => text);

const SETTINGS = ['timezone=UTC', 'jit=off', 'plan_cache_mode=force_generic_plan', 'enable_hashjoin=off',
  'enable_mergejoin=off'];

export function connect(url, size) {
  const address = new URL(url.replace('@/', '@unix/'));
  const named = address.searchParams.get('host');
  return new pg.Pool({
    host: named ?? address.hostname,
    port: address.port ? Number(address.port) : 5432,
    user: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: address.pathname.slice(1),
    max: size,
    idleTimeoutMillis: 0,
    options: SETTINGS.map((each) => `-c ${each}`).join(' '),
  });
}

const AGREED = "('ACCEPTED', 'AWARDED', 'CONTRACTED', 'MEETING', 'ON_HOLD', 'REQUESTED')";
const ENDED = "('DECLINED', 'LAPSED', 'WITHDRAWN')";
export const STAGE = { COUNTING: 0, RELEASED: 1, MATCH: 2, COMMISSION: 3, CONTRACT: 4, STAFF: 5, OWN: 6 };
const STAGE_OF = { SUGGESTED: 1, ACCEPTED: 2, ON_HOLD: 2, REQUESTED: 3, AWARDED: 3, MEETING: 3, CONTRACTED: 4 };
const LEVEL = "max(CASE WHEN m.state = 'CONTRACTED' THEN 4 WHEN m.state IN ('REQUESTED', 'AWARDED', 'MEETING') THEN 3 ELSE 2 END)";
const IDLE_ROLES = new Set(['CUSTOMER_SERVICE', 'ADMINISTRATION', 'COORDINATOR']);
const IDLE = 30 * 60 * 1000;

const SESSION = `
SELECT s.id, s.user_id, s.last_seen_at::text AS last_seen_at, u.role, u.state, c.provider_id
FROM sessions s
JOIN users u ON u.id = s.user_id
LEFT JOIN coordinators c ON c.user_id = s.user_id
WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.state <> $3`;

// Each kind of viewer with what it may see, in terms of the viewer's own id ($2).
const VISIBLE = {
  STAFF: { order: '$2::uuid IS NOT NULL', match: '$2::uuid IS NOT NULL' },
  SEEKER: {
    order: 'o.seeker_id = $2',
    match: `m.state IN ${AGREED} AND EXISTS (SELECT 1 FROM orders o WHERE o.id = m.order_id AND o.seeker_id = $2)`,
  },
  COORDINATOR: {
    order: `o.id IN (SELECT order_id FROM matches WHERE provider_id = $2 AND state NOT IN ${ENDED})`,
    match: `m.provider_id = $2 AND m.state NOT IN ${ENDED}`,
  },
};
const NOBODY = { order: '$2::uuid IS NULL', match: '$2::uuid IS NULL' };

function sideOf(row) {
  if (row.state !== 'RELEASED') return ['NOBODY', row.user_id];
  if (row.role === 'CUSTOMER_SERVICE' || row.role === 'ADMINISTRATION') return ['STAFF', row.user_id];
  if (row.role === 'COORDINATOR') return ['COORDINATOR', row.provider_id];
  return [row.role === 'SEEKER' ? 'SEEKER' : 'NOBODY', row.user_id];
}

export async function viewerOf(pool, authorization) {
  const token = authorization?.startsWith('Bearer ') ? authorization.slice(7) : '';
  const digest = createHash('sha256').update(token).digest();
  const now = new Date();
  const { rows } = await pool.query({ name: 'session', text: SESSION, values: [digest, now, 'ERASED'] });
  const row = rows[0];
  if (!row) return { side: 'NOBODY', id: null };
  const idle = IDLE_ROLES.has(row.role) && new Date(row.last_seen_at) <= new Date(now - IDLE);
  const [side, id] = idle ? ['NOBODY', null] : sideOf(row);
  return { side, id, user: row.user_id };
}

const ORDER = `o.id, o.seeker_id, o.municipality_id, o.state, o.version, o.kind, o.description, o.duration_minutes,
  o.needs_driving, o.starts_at, o.start_date, o.interval, o.count, o.week, o.max_distance_km, o.created_at, o.released_at`;
const MATCH = 'm.id, m.order_id, m.assistant_id, m.provider_id, m.kind, m.state, m.version, m.created_at, m.decided_at';
const USER = 'u.first_name, u.last_name, u.email, u.phone, u.mobile, u.street, u.postcode, u.municipality_id';

// How far the viewer has come with a seeker or an assistant; staff and the person see everything.
const LEVELS = {
  seeker: {
    STAFF: '5',
    SEEKER: 'CASE WHEN s.id = $2 THEN 6 END',
    COORDINATOR: `(SELECT ${LEVEL} FROM orders o JOIN matches m ON m.order_id = o.id
      WHERE o.seeker_id = s.id AND m.provider_id = $2 AND m.state IN ${AGREED})`,
  },
  assistant: {
    STAFF: '5',
    SEEKER: `(SELECT ${LEVEL} FROM orders o JOIN matches m ON m.order_id = o.id
      WHERE o.seeker_id = $2 AND m.assistant_id = a.id AND m.state IN ${AGREED})`,
    COORDINATOR: 'CASE WHEN a.provider_id = $2 THEN 5 END',
  },
};

export class Database {
  constructor(pool, viewer) {
    this.pool = pool;
    this.viewer = viewer;
    this.visible = VISIBLE[viewer.side] ?? NOBODY;
  }

  async rows(name, text, ...values) {
    const query = { name: `${name} ${this.viewer.side}`, text, values };
    return (await this.pool.query(query)).rows;
  }

  seen(name, text, first, ...more) {
    return this.rows(name, text, first, this.viewer.id, ...more);
  }

  async stagesOf(orders) {
    const { side } = this.viewer;
    if (side === 'STAFF') return orders.map((row) => ({ ...row, stage: STAGE.STAFF }));
    if (side === 'SEEKER') return orders.map((row) => ({ ...row, stage: STAGE.OWN }));
    const mine = await this.myMatches(orders.map((row) => row.id));
    return orders.map((row, index) => {
      const match = mine[index];
      return { ...row, match, stage: STAGE_OF[match?.state] ?? 0 };
    });
  }

  async ordersById(ids) {
    const found = await this.seen('order', `SELECT ${ORDER} FROM orders o WHERE o.id = ANY($1) AND ${this.visible.order}`, ids);
    return one(ids, await this.stagesOf(found), 'id');
  }

  async ordersPage(first, after) {
    const { side } = this.viewer;
    const may = side === 'STAFF' || side === 'SEEKER' ? this.visible.order : NOBODY.order;
    const text = `SELECT ${ORDER} FROM orders o WHERE o.id < $1 AND ${may} ORDER BY o.id DESC LIMIT $3`;
    return this.stagesOf(await this.seen('orders', text, after, first + 1));
  }

  async suggestedPage(first, after) {
    const may = this.viewer.side === 'COORDINATOR' ? this.visible.match : NOBODY.match;
    const text = `SELECT ${ORDER} FROM matches m JOIN orders o ON o.id = m.order_id
      WHERE m.order_id < $1 AND ${may} ORDER BY m.order_id DESC LIMIT $3`;
    return this.stagesOf(await this.seen('suggested', text, after, first + 1));
  }

  async matchesById(ids) {
    const text = `SELECT ${MATCH} FROM matches m WHERE m.id = ANY($1) AND ${this.visible.match}`;
    return one(ids, await this.seen('match', text, ids), 'id');
  }

  async myMatches(ids) {
    if (this.viewer.side !== 'COORDINATOR') return ids.map(() => null);
    const text = `SELECT ${MATCH} FROM matches m WHERE m.order_id = ANY($1) AND ${this.visible.match}`;
    return one(ids, await this.seen('my match', text, ids), 'order_id');
  }

  async matchesByOrder(ids, first) {
    const text = `SELECT m.* FROM unnest($1::uuid[]) AS k(id) CROSS JOIN LATERAL (
      SELECT ${MATCH} FROM matches m WHERE m.order_id = k.id AND ${this.visible.match} ORDER BY m.id LIMIT $3) m`;
    return many(ids, await this.seen('matches', text, ids, first + 1), 'order_id');
  }

  async seekersById(ids) {
    const level = LEVELS.seeker[this.viewer.side];
    if (!level) return ids.map(() => null);
    const text = `SELECT * FROM (SELECT s.id, s.introduction, s.acting_for, ${USER}, ${level} AS stage, $2::uuid AS viewer
      FROM seekers s JOIN users u ON u.id = s.id WHERE s.id = ANY($1)) t WHERE stage IS NOT NULL`;
    return one(ids, await this.seen('seeker', text, ids), 'id');
  }

  async assistantsById(ids) {
    const level = LEVELS.assistant[this.viewer.side];
    if (!level) return ids.map(() => null);
    const text = `SELECT * FROM (SELECT a.id, a.introduction, a.employment, a.languages, a.has_car, a.radius_km, ${USER},
      ${level} AS stage, $2::uuid AS viewer
      FROM assistants a JOIN users u ON u.id = a.id WHERE a.id = ANY($1)) t WHERE stage IS NOT NULL`;
    return one(ids, await this.seen('assistant', text, ids), 'id');
  }

  async providersById(ids) {
    const text = 'SELECT id, name, introduction, email, phone FROM providers WHERE id = ANY($1)';
    return one(ids, await this.rows('provider', text, ids), 'id');
  }

  async municipalitiesById(ids) {
    const text = 'SELECT id, name, postcodes FROM municipalities WHERE id = ANY($1)';
    return one(ids, await this.rows('municipality', text, ids), 'id');
  }

  async activitiesOf(kind, ids) {
    const text = `SELECT ${kind}_id AS key, array_agg(activity_id ORDER BY activity_id) AS codes
      FROM ${kind}_activities WHERE ${kind}_id = ANY($1) GROUP BY ${kind}_id`;
    const rows = one(ids, await this.rows(`${kind} activities`, text, ids), 'key');
    return rows.map((row) => row?.codes ?? []);
  }
}

function one(ids, rows, key) {
  const found = new Map(rows.map((row) => [row[key], row]));
  return ids.map((id) => found.get(id) ?? null);
}

function many(ids, rows, key) {
  const found = new Map(ids.map((id) => [id, []]));
  for (const row of rows) found.get(row[key]).push(row);
  return ids.map((id) => found.get(id));
}
