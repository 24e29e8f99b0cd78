import { expect, test } from 'vitest';
import securityOrder from '../../spec/lint/security-order.js';

test('security-order passes where a call without a token comes last, or is not allowed', () => {
  expect(securityOrder({ security: [{ LegacyToken: [] }, { ApiKey: [] }, {}] })).toEqual([]);
  expect(securityOrder({ security: [{ LegacyToken: [] }] })).toEqual([]);
  expect(securityOrder({ security: [] })).toEqual([]);
  expect(securityOrder({})).toEqual([]);
});

test('security-order fails where a call without a token comes first', () => {
  expect(securityOrder({ security: [{}, { LegacyToken: [] }] })).toHaveLength(1);
});
