// GraphQL Yoga with DataLoader and pg, as its documentation builds a server.
import { createServer } from 'node:http';
import DataLoader from 'dataloader';
import { createSchema, createYoga } from 'graphql-yoga';
import { connect, Database, STAGE, viewerOf } from './database.mjs';
import { activities, decode, entities, entityType, fields, pageOf, placeOf, typeDefs } from './shapes.mjs';

const pool = connect(process.env.DATABASE_URL, Number(process.env.POOL_SIZE ?? 10));

function loadersOf(database) {
  const loader = (load) => new DataLoader((keys) => load.call(database, keys));
  const matches = new Map();
  return {
    order: loader(database.ordersById),
    seeker: loader(database.seekersById),
    assistant: loader(database.assistantsById),
    provider: loader(database.providersById),
    municipality: loader(database.municipalitiesById),
    orderActivities: loader((ids) => database.activitiesOf('order', ids)),
    assistantActivities: loader((ids) => database.activitiesOf('assistant', ids)),
    providerActivities: loader((ids) => database.activitiesOf('provider', ids)),
    matches(first) {
      if (!matches.has(first)) matches.set(first, loader((ids) => database.matchesByOrder(ids, first)));
      return matches.get(first);
    },
  };
}

const link = (loader, key, stage = 0) => (row, _arguments, context) =>
  row[key] && (row.stage ?? 0) >= stage ? context.loaders[loader].load(row[key]) : null;
const offered = (loader, stage) => async (row, _arguments, context) =>
  (row.stage ?? 0) >= stage ? activities(await context.loaders[loader].load(row.id)) : null;

const resolvers = {
  ...fields,
  _Entity: { __resolveType: entityType },
  Query: {
    order: (_root, { id }, context) => context.loaders.order.load(decode(id)),
    async orders(_root, { first, after }, context) {
      return pageOf(await context.database.ordersPage(first, placeOf(after)), first, Boolean(after));
    },
    async suggestedOrders(_root, { first, after }, context) {
      return pageOf(await context.database.suggestedPage(first, placeOf(after)), first, Boolean(after));
    },
    _entities: (_root, { representations }, context) => entities(context.database, representations),
  },
  Order: {
    ...fields.Order,
    activities: offered('orderActivities', STAGE.RELEASED),
    municipality: link('municipality', 'municipality_id', STAGE.RELEASED),
    seeker: link('seeker', 'seeker_id', STAGE.MATCH),
    myMatch: (row) => row.match ?? null,
    async matches(row, { first }, context) {
      if (row.stage < STAGE.STAFF) return null;
      return pageOf(await context.loaders.matches(first).load(row.id), first);
    },
  },
  Match: {
    ...fields.Match,
    assistant: link('assistant', 'assistant_id'),
    provider: link('provider', 'provider_id'),
  },
  Seeker: { ...fields.Seeker, municipality: link('municipality', 'municipality_id', STAGE.MATCH) },
  Assistant: {
    ...fields.Assistant,
    activities: offered('assistantActivities', STAGE.MATCH),
    municipality: link('municipality', 'municipality_id', STAGE.MATCH),
  },
  Provider: { ...fields.Provider, activities: offered('providerActivities', 0) },
};

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  logging: false,
  graphiql: false,
  landingPage: false,
  async context({ request }) {
    const database = new Database(pool, await viewerOf(pool, request.headers.get('authorization')));
    return { database, loaders: loadersOf(database) };
  },
});

createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
