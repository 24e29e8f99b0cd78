import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { PluralKit } from 'pluralkit-openapi';
import { createSandbox } from 'pluralkit-openapi/sandbox';

const sandbox = createSandbox();
const pk = new PluralKit({
  token: sandbox.tokens.harbor,
  userAgent: 'my-tests/1.0 (me@example.com)',
  fetch: sandbox.fetch,
  retry: false, // otherwise a failed read is sent again
});

beforeEach(() => sandbox.reset());

test('shows that the server failed', async () => {
  sandbox.faults.add({ operation: 'getMember', status: 500 });
  await assert.rejects(pk.members.get('marina'), { name: 'ServerError' });
});

test('renames a member', async () => {
  await pk.members.update('marina', { name: 'Mar' });
  assert.equal((await pk.members.get('marina')).name, 'Mar');
});
