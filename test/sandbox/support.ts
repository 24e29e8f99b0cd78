import { loadWorld } from '../../scripts/lib/recordings.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { readWorld } from '../../src/sandbox/world/read.ts';
import type { FullWorld } from '../../src/sandbox/world/world.ts';

/** The world that the recordings of version 2 start from. */
export const recordedWorld: FullWorld = readWorld(loadWorld('v2'));

export function openSandbox(options: Partial<SandboxOptions> = {}): Sandbox {
  return createSandbox({ world: recordedWorld, seed: 1, ...options });
}

export interface CallOptions {
  /** Sent as JSON; a text goes as it is. */
  readonly body?: unknown;
  /** Name of a system in the recorded world. */
  readonly as?: 'alices' | 'bobby' | 'carol' | 'davedd';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request, with a user agent and a type where there is a body. */
export function send(
  sandbox: Sandbox,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Response> {
  const { body, as: system } = options;
  const headers = {
    'User-Agent': 'test',
    ...(system !== undefined && { Authorization: sandbox.tokens[system] ?? '' }),
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...options.headers,
  };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = body === undefined ? { method, headers } : { method, headers, body: text };
  return sandbox.fetch(new Request(`http://sandbox.test${path}`, init));
}

/** The same, and the body of the response. */
export async function sendForJson(
  sandbox: Sandbox,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<unknown> {
  return (await send(sandbox, method, path, options)).json();
}
