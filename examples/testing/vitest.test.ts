import { PluralKit } from 'pluralkit-openapi';
import { test } from 'pluralkit-openapi/sandbox/vitest';
import { expect } from 'vitest';

test('renames a member', async ({ sandbox }) => {
  const pk = new PluralKit({
    token: sandbox.tokens.harbor,
    userAgent: 'my-tests/1.0 (me@example.com)',
    fetch: sandbox.fetch,
  });
  await pk.members.update('marina', { name: 'Mar' });
  expect((await pk.members.get('marina')).name).toBe('Mar');
  expect(sandbox.requests().map(({ operation }) => operation)).toEqual(['updateMember', 'getMember']);
});
