import { expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';

const fields = ['name', 'display_name', 'description', 'pronouns'] as const;

/** A body that comes in piece by piece, with other calls between. */
function slowly(text: string): ReadableStream<Uint8Array> {
  const pieces = [...text].map((character) => new TextEncoder().encode(character));
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve));
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
}

test.for([
  ['at once', (text: string) => text],
  ['slowly', slowly],
] as const)('concurrent changes of one member all hold (%s)', async ([, toBody]) => {
  const sandbox = createSandbox();
  const headers = {
    Authorization: sandbox.tokens.harbor ?? '',
    'Content-Type': 'application/json',
    'User-Agent': 'test',
  };
  const patch = async (field: string) => {
    const body = toBody(JSON.stringify({ [field]: `new ${field}` }));
    const init: RequestInit & { duplex: 'half' } = { method: 'PATCH', headers, body, duplex: 'half' };
    return (await sandbox.fetch('/v2/members/marina', init)).status;
  };
  expect(await Promise.all(fields.map(patch))).toEqual([200, 200, 200, 200]);
  const marina = await (await sandbox.fetch('/v2/members/marina', { headers })).json();
  expect(marina).toMatchObject(Object.fromEntries(fields.map((field) => [field, `new ${field}`])));
});
