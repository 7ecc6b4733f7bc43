// PostGraphile 5 over the views of postgraphile.sql; who asks goes into the settings of a transaction.
import './old-node.mjs';
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { connect, viewerOf } from './database.mjs';

const pool = connect(process.env.DATABASE_URL, Number(process.env.POOL_SIZE ?? 10));
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  disablePlugins: ['NodePlugin', 'MutationPlugin', 'PgMutationCreatePlugin', 'PgMutationUpdateDeletePlugin'],
  pgServices: [makePgService({ pool, schemas: ['peer'] })],
  schema: { defaultBehavior: 'list connection' },
  grafserv: { graphiql: false, watch: false },
  grafast: {
    explain: false,
    async context(request) {
      const headers = request.node?.req.headers ?? request.http?.getHeader;
      const viewer = await viewerOf(pool, headers?.authorization);
      return { pgSettings: { 'peer.side': viewer.side, 'peer.id': viewer.id ?? '' } };
    },
  },
});
const server = createServer();
const serving = instance.createServ(grafserv);
await serving.addTo(server);
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
