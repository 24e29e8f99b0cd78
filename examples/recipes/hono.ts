import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createWebhookHandler, toHonoHandler } from 'pluralkit-openapi/webhooks';

const handle = createWebhookHandler({
  token: process.env.PLURALKIT_SIGNING_TOKEN ?? '',
  on: { UPDATE_MEMBER: ({ id }) => console.log('changed', id) },
});

const app = new Hono();
app.post('/pluralkit', toHonoHandler(handle));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 4012), hostname: '127.0.0.1' }, () =>
  console.log('listening'),
);
