import { expect, test } from 'vitest';
import { openSandbox, send } from './support.ts';

test.each([
  ['GET', '/v2/systms/harbor', 'getSystem'],
  ['GET', '/systems/harbor', 'getSystem'],
  ['GET', '/api/v2/systems/harbor', 'getSystem'],
  ['GET', '/v3/systems/harbor', 'getSystem'],
  ['POST', '/v2/systems/harbor', 'getSystem'],
  ['GET', '/v2/systems', 'getSystem'],
  ['GET', '/v2/members/amaaa/', 'getMember'],
  ['POST', '/members', 'createMember'],
  ['GET', '/v2/', null],
  ['GET', '/', null],
  ['GET', '/favicon.ico', null],
  ['GET', '/v2/foo', null],
])('the operation nearest to %s %s is %s', async (method, path, nearest) => {
  const sandbox = openSandbox();
  await send(sandbox, method, path);
  expect(sandbox.requests()).toMatchObject([{ operation: null, nearest }]);
});
