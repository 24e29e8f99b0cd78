import { createServer } from 'node:http';
import { createWebhookHandler, toNodeHandler } from 'pluralkit-openapi/webhooks';

const handle = createWebhookHandler({
  token: process.env.PLURALKIT_SIGNING_TOKEN ?? '',
  on: {
    UPDATE_MEMBER: ({ id, data }) => console.log('member', id, 'changed', Object.keys(data)),
    CREATE_SWITCH: ({ data }) => console.log('now fronting:', data.members),
  },
});

createServer(toNodeHandler(handle)).listen(Number(process.env.PORT ?? 4012), '127.0.0.1');
