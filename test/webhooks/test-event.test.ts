import { describe, expect, test } from 'vitest';
import { createTestEvent } from '../../src/webhooks/index.ts';
import { exchangesOf, scenarios } from '../models/recorded.ts';
import { faultsOf, eventTypes as types } from './schema.ts';

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

  test('is a copy that may be changed', () => {
    const event = createTestEvent('UPDATE_MEMBER');
    event.data.name = 'changed';
    expect(createTestEvent('UPDATE_MEMBER').data.name).not.toBe('changed');
  });

  test('with wrong parts is not valid', () => {
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
