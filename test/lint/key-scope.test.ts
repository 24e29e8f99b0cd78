import { expect, test } from 'vitest';
import keyScope from '../../spec/lint/key-scope.js';

const scope = { part: 'members', level: 'read' };

test('passes where security names what the scope says', () => {
  const security = [{}, { LegacyToken: [] }, { ApiKey: ['read:members'] }];
  expect(keyScope({ security, 'x-api-key-scope': scope })).toEqual([]);
  expect(keyScope({ security: [{ LegacyToken: [] }] })).toEqual([]);
});

test('fails where they differ', () => {
  expect(keyScope({ security: [{ ApiKey: ['write:members'] }], 'x-api-key-scope': scope })).toHaveLength(1);
  expect(keyScope({ security: [{ ApiKey: [] }], 'x-api-key-scope': scope })).toHaveLength(1);
});

test('fails where there is only one of them', () => {
  expect(keyScope({ security: [{ ApiKey: ['read:members'] }] })).toHaveLength(1);
  expect(keyScope({ security: [{ LegacyToken: [] }], 'x-api-key-scope': scope })).toHaveLength(1);
});
