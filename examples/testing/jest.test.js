import { beforeEach, expect, test } from '@jest/globals';
import { PluralKit } from 'pluralkit-openapi';
import { createSandbox } from 'pluralkit-openapi/sandbox';

const sandbox = createSandbox();
const pk = new PluralKit({
  token: sandbox.tokens.harbor,
  userAgent: 'my-tests/1.0 (me@example.com)',
  fetch: sandbox.fetch,
});

beforeEach(() => sandbox.reset());

test('renames a member', async () => {
  await pk.members.update('marina', { name: 'Mar' });
  expect((await pk.members.get('marina')).name).toBe('Mar');
});
