import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { eventExamples } from '../../generated/v2/events.ts';
import { createTestEvent, type WebhookEventType } from '../../src/webhooks/index.ts';
import { exchangesOf, isRecord, scenarios } from '../models/recorded.ts';

const document: unknown = JSON.parse(
  readFileSync(new URL('../../generated/v2/openapi.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ ...(isRecord(document) ? document : {}), $id: 'document' });

const types = Object.keys(eventExamples).filter((key): key is WebhookEventType => key in eventExamples);

/** What is wrong with an event by the document, no undocumented key allowed. */
function faultsOf(type: string, event: unknown): unknown {
  const schema = `document#/webhooks/${type}/post/requestBody/content/application~1json/schema`;
  const validate = ajv.compile({ $ref: schema, unevaluatedProperties: false });
  validate(event);
  return validate.errors ?? [];
}

describe('a test event', () => {
  test.each(types)('%s is valid', (type) => {
    expect(faultsOf(type, createTestEvent(type))).toEqual([]);
    expect(createTestEvent(type).type).toBe(type);
  });

  test('takes parts of its own, and stays valid', () => {
    const parts = {
      signing_token: 'mine',
      system_id: '00000000-0000-4000-8000-000000000001',
      id: '00000000-0000-4000-8000-000000000011',
      data: { name: 'Ann', birthday: null },
    };
    const event = createTestEvent('UPDATE_MEMBER', parts);
    expect(event).toEqual({ type: 'UPDATE_MEMBER', ...parts });
    expect(faultsOf('UPDATE_MEMBER', event)).toEqual([]);
  });

  test('is one’s own to change', () => {
    const event = createTestEvent('UPDATE_MEMBER');
    event.data.name = 'changed';
    expect(createTestEvent('UPDATE_MEMBER').data.name).not.toBe('changed');
  });

  test('with wrong parts is found out by the same check', () => {
    expect(faultsOf('UPDATE_MEMBER', { ...createTestEvent('UPDATE_MEMBER'), id: 5 })).not.toEqual([]);
    expect(faultsOf('PING', { ...createTestEvent('PING'), extra: 1 })).not.toEqual([]);
  });
});

test('there is a type for every event that the server sent', () => {
  const deliveries = scenarios()
    .flatMap(exchangesOf)
    .flatMap(({ dispatched = [] }) => dispatched);
  const sent = new Set(deliveries.map(({ payload }) => payload.type));
  expect(sent.size).toBeGreaterThan(8);
  expect(types).toEqual(expect.arrayContaining([...sent]));
});
