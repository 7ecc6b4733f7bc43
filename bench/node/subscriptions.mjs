// The peer: graphql-ws as its documentation shows it, one process, publish and subscribe inside it.
// It is favoured: the order is an object in memory, nobody is asked for a session, nothing is read.
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const schema = buildSchema(`
  type Query { hello: String }
  type Order {
    id: ID! version: Int! state: String kind: String description: String
    suggestedCount: Int acceptedCount: Int
  }
  type OrderChanged { eventId: ID! kind: String! order: Order! }
  type ResyncRequired { eventId: ID! message: String! }
  union OrderEvent = OrderChanged | ResyncRequired
  type Subscription { orderChanged(orderId: ID!): OrderEvent! }
`);

const order = {
  id: process.env.ORDER_ID, version: 1, state: 'RELEASED', kind: 'RECURRING',
  description: 'Hilfe beim Einkaufen.', suggestedCount: 0, acceptedCount: 0,
};
const EVENT_ID = 'A'.repeat(64);
const subscribers = new Set();

function changed(kind) {
  return { orderChanged: { __typename: 'OrderChanged', eventId: EVENT_ID, kind, order: { ...order } } };
}

async function* orderChanged() {
  const unread = [changed('SNAPSHOT')];
  let wake = () => {};
  const push = (event) => { unread.push(event); wake(); };
  subscribers.add(push);
  try {
    for (;;) {
      while (unread.length > 0) yield unread.shift();
      await new Promise((resolve) => { wake = resolve; });
    }
  } finally {
    subscribers.delete(push);
  }
}

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    order.version = JSON.parse(body).version;
    const event = changed('ORDER');
    for (const push of subscribers) push(event);
    response.writeHead(204).end();
  });
});
const sockets = new WebSocketServer({ server, path: '/graphql' });
useServer({ schema, roots: { subscription: { orderChanged } } }, sockets);
server.listen(Number(process.env.PORT), '127.0.0.1', 4096);
