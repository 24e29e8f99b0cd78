import express from 'express';
import { createWebhookHandler, toNodeHandler } from 'pluralkit-openapi/webhooks';

const handle = createWebhookHandler({
  token: process.env.PLURALKIT_SIGNING_TOKEN ?? '',
  on: { UPDATE_MEMBER: ({ id }) => console.log('changed', id) },
});

const app = express();
app.post('/pluralkit', toNodeHandler(handle));
app.listen(Number(process.env.PORT ?? 4012), '127.0.0.1', () => console.log('listening'));
