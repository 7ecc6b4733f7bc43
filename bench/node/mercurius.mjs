// Mercurius on Fastify, compiled by graphql-jit, with its own batched loaders and pg.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { connect, Database, STAGE, viewerOf } from './database.mjs';
import { activities, decode, entities, entityType, fields, pageOf, placeOf, typeDefs } from './shapes.mjs';

const pool = connect(process.env.DATABASE_URL, Number(process.env.POOL_SIZE ?? 10));

// A loader over the rows that have a key and whose stage is high enough; null for the others.
const link = (load, key, stage = 0) => async (queries, { database }) => {
  const wanted = queries.map(({ obj }) => (obj[key] && (obj.stage ?? 0) >= stage ? obj[key] : null));
  const ids = [...new Set(wanted.filter(Boolean))];
  if (!ids.length) return wanted;
  const rows = await database[load](ids);
  const found = new Map(ids.map((id, index) => [id, rows[index]]));
  return wanted.map((id) => (id ? found.get(id) : null));
};
const offered = (kind, stage) => async (queries, { database }) => {
  const codes = await database.activitiesOf(kind, [...new Set(queries.map(({ obj }) => obj.id))]);
  const ids = [...new Set(queries.map(({ obj }) => obj.id))];
  const found = new Map(ids.map((id, index) => [id, codes[index]]));
  return queries.map(({ obj }) => ((obj.stage ?? 0) >= stage ? activities(found.get(obj.id)) : null));
};
// The same key comes again and again within a request, so results are not cached beside the batch.
const batched = (loader) => ({ loader, opts: { cache: false } });

const resolvers = {
  ...fields,
  _Entity: { resolveType: entityType },
  Query: {
    order: async (_root, { id }, { database }) => (await database.ordersById([decode(id)]))[0],
    async orders(_root, { first, after }, { database }) {
      return pageOf(await database.ordersPage(first, placeOf(after)), first, Boolean(after));
    },
    async suggestedOrders(_root, { first, after }, { database }) {
      return pageOf(await database.suggestedPage(first, placeOf(after)), first, Boolean(after));
    },
    _entities: (_root, { representations }, { database }) => entities(database, representations),
  },
  Order: { ...fields.Order, myMatch: (row) => row.match ?? null },
};

const loaders = {
  Order: {
    activities: batched(offered('order', STAGE.RELEASED)),
    municipality: batched(link('municipalitiesById', 'municipality_id', STAGE.RELEASED)),
    seeker: batched(link('seekersById', 'seeker_id', STAGE.MATCH)),
    matches: batched(async (queries, { database }) => {
      const { first } = queries[0].params;
      const may = queries.filter(({ obj }) => obj.stage >= STAGE.STAFF);
      const rows = await database.matchesByOrder(may.map(({ obj }) => obj.id), first);
      const found = new Map(may.map(({ obj }, index) => [obj.id, pageOf(rows[index], first)]));
      return queries.map(({ obj }) => found.get(obj.id) ?? null);
    }),
  },
  Match: {
    assistant: batched(link('assistantsById', 'assistant_id')),
    provider: batched(link('providersById', 'provider_id')),
  },
  Seeker: { municipality: batched(link('municipalitiesById', 'municipality_id', STAGE.MATCH)) },
  Assistant: {
    activities: batched(offered('assistant', STAGE.MATCH)),
    municipality: batched(link('municipalitiesById', 'municipality_id', STAGE.MATCH)),
  },
  Provider: { activities: batched(offered('provider', 0)) },
};

const app = Fastify({ logger: false });
app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  loaders,
  jit: 1,
  graphiql: false,
  context: async (request) => ({
    database: new Database(pool, await viewerOf(pool, request.headers.authorization)),
  }),
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.on('SIGTERM', () => process.exit(0));
