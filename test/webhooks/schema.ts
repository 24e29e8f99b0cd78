import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { eventExamples } from '../../generated/v2/events.ts';
import type { WebhookEventType } from '../../src/webhooks/index.ts';
import { isRecord } from '../models/recorded.ts';

const document: unknown = JSON.parse(
  readFileSync(new URL('../../generated/v2/openapi.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ ...(isRecord(document) ? document : {}), $id: 'document' });

/** Every type of event in the document. */
export const eventTypes = Object.keys(eventExamples).filter(
  (key): key is WebhookEventType => key in eventExamples,
);

/** What is wrong with an event by the document, no undocumented key allowed. */
export function faultsOf(type: string, event: unknown): unknown {
  const schema = `document#/webhooks/${type}/post/requestBody/content/application~1json/schema`;
  const validate = ajv.compile({ $ref: schema, unevaluatedProperties: false });
  validate(event);
  return validate.errors ?? [];
}
