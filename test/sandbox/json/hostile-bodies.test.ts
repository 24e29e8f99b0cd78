import { expect, test } from 'vitest';
import { parseJson } from '../../../src/sandbox/json/parse.ts';
import { JsonNumber } from '../../../src/sandbox/json/token.ts';
import { openSandbox, send } from '../support.ts';
import { hostileValues } from './hostile-bodies.ts';

// No time is measured here, and no benchmark has a row for it yet. What was quadratic took minutes for each.
test.each(Object.entries(hostileValues))('a megabyte of %s gets its response', async (_name, value) => {
  const sandbox = openSandbox();
  for (const body of [value, `{"name":${value}}`, `{"proxy_tags":${value}}`, `{"avatar_url":${value}}`]) {
    const { status } = await send(sandbox, 'POST', '/v2/members', { body, as: 'alices' });
    expect(status).toBeLessThan(500);
  }
});

test('a megabyte of digits gets its response without a token, as any page in a browser can send it', async () => {
  const body = `{"name":${hostileValues['digits with a letter']}}`;
  const { status } = await send(openSandbox(), 'POST', '/v2/members', { body });
  expect(status).toBe(400);
});

test('integers of more than 400 digits are beyond 64 bits, as those of 20 digits are', () => {
  for (const digits of ['9'.repeat(20), '9'.repeat(400), '9'.repeat(401), '1'.repeat(1_000_000)]) {
    for (const source of [digits, `-${digits}`]) {
      const token = parseJson(`[${source}]`);
      const [number] = Array.isArray(token) ? token : [];
      expect(number).toBeInstanceOf(JsonNumber);
      if (!(number instanceof JsonNumber)) continue;
      expect(number.source).toBe(source);
      expect(BigInt.asIntN(64, BigInt(number.value)) === number.value).toBe(false);
      expect(number.value < 0n).toBe(source.startsWith('-'));
    }
  }
});
