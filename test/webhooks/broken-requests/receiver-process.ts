import { createServer } from 'node:http';
import { createWebhookHandler, toNodeHandler } from '../../../src/webhooks/index.ts';

// A process of its own, as the README starts one: what it does not catch ends it. Run with --expose-gc.
const [token = ''] = process.argv.slice(2);
const receive = toNodeHandler(createWebhookHandler({ token, onAny: () => undefined }));

const server = createServer((request, response) => {
  if (request.url !== '/memory') return void receive(request, response);
  globalThis.gc?.();
  response.end(String(process.memoryUsage().heapUsed));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}`);
});
