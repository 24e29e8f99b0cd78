import { createSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/index.ts';
import type { World } from '../../../src/sandbox/world/world.ts';

export const account = '466378653216014359';
export const guild = '466707357099884544';
export const channel = '800000000000000001';
export const token = 'alices-token';

type System = NonNullable<World['systems']>[number];
type Member = NonNullable<System['members']>[number];

export const uuidOf = {
  system: '00000000-0000-4000-8000-000000000001',
  ann: '00000000-0000-4000-8000-000000000011',
  ben: '00000000-0000-4000-8000-000000000012',
};

const created = '2020-01-02T03:04:05Z';
const ann: Member = {
  ...{ id: 'annann', uuid: uuidOf.ann, created, name: 'Ann' },
  proxy_tags: [{ prefix: 'A:', suffix: null }],
};
const ben: Member = {
  ...{ id: 'benben', uuid: uuidOf.ben, created, name: 'Ben' },
  proxy_tags: [{ prefix: 'B:', suffix: null }],
};

/** What a case changes of the world. */
export interface Changes {
  readonly system?: Partial<System>;
  readonly ann?: Partial<Member>;
  readonly ben?: Partial<Member>;
}

export function botWorld(changes: Changes = {}): World {
  const system: System = {
    ...{ id: 'alices', uuid: uuidOf.system, token, created, name: 'Alice', accounts: [account] },
    webhook: { url: 'https://hooks.example.com/pk', token: 'signing-token' },
    ...changes.system,
    members: [
      { ...ann, ...changes.ann },
      { ...ben, ...changes.ben },
    ],
  };
  return { systems: [system] };
}

/** A sandbox whose clock stands still in 2026. */
export function openBot(changes: Changes = {}, options: SandboxOptions = {}): Sandbox {
  const sandbox = createSandbox({ world: botWorld(changes), seed: 1, ...options });
  sandbox.clock.freeze(new Date('2026-01-02T03:04:05.678Z'));
  return sandbox;
}

/** Sends a JSON request to the sandbox, as its owner where it is one to the API. */
export async function ask(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await sandbox.fetch(path, {
    method,
    headers: { 'User-Agent': 'test', Authorization: token, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}
