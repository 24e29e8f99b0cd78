import fastify from 'fastify';
import { createWebhookHandler, toNodeHandler } from 'pluralkit-openapi/webhooks';

const handle = createWebhookHandler({
  token: process.env.PLURALKIT_SIGNING_TOKEN ?? '',
  on: { UPDATE_MEMBER: ({ id }) => console.log('changed', id) },
});

const app = fastify();
app.post('/pluralkit', toNodeHandler(handle));
await app.listen({ port: Number(process.env.PORT ?? 4012), host: '127.0.0.1' });
console.log('listening');
