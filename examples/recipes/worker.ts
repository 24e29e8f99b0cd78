import {
  createWebhookHandler,
  toWorkersHandler,
  type WorkersWebhookHandler,
} from 'pluralkit-openapi/webhooks';

interface Environment {
  readonly PLURALKIT_SIGNING_TOKEN: string;
}

export default {
  fetch(
    request: Request,
    environment: Environment,
    context: Parameters<WorkersWebhookHandler>[2],
  ): Promise<Response> {
    const handle = createWebhookHandler({
      token: environment.PLURALKIT_SIGNING_TOKEN,
      on: { UPDATE_MEMBER: ({ id }) => console.log('changed', id) },
    });
    return toWorkersHandler(handle)(request, environment, context);
  },
};
