import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../recordings/', import.meta.url);

/** One exchange of a recording, as far as tests of values look into it. */
export interface Exchange {
  as: unknown;
  request: { method: string; path: string; body?: unknown };
  response: { status: number; body?: unknown };
  dispatched?: readonly { payload: Record<string, unknown> }[];
}

/** All exchanges of a scenario such as `v2/formats/birthdays`, in order. */
export function exchangesOf(scenario: string): Exchange[] {
  const lines = readFileSync(new URL(`${scenario}.jsonl`, folder), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line): unknown => JSON.parse(line)).filter(isExchange);
}

/** The names of all scenarios of version 2. */
export function scenarios(): string[] {
  return readdirSync(new URL('v2/', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => `v2/${name.replace(/\.jsonl$/, '')}`)
    .sort();
}

/** Every object within a value, the value itself included. */
export function* objectsWithin(value: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(value)) for (const item of value) yield* objectsWithin(item);
  else if (isRecord(value)) {
    yield value;
    for (const item of Object.values(value)) yield* objectsWithin(item);
  }
}

/** Every text that stands under a key, in any response of version 2. */
export function textsAt(key: string): string[] {
  const found = new Set<string>();
  for (const scenario of scenarios()) {
    for (const { response } of exchangesOf(scenario)) {
      for (const object of objectsWithin(response.body)) {
        const value = object[key];
        // Names such as <member1.created> stand for what the server made up.
        if (typeof value === 'string' && !value.startsWith('<')) found.add(value);
      }
    }
  }
  return [...found];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isExchange(value: unknown): value is Exchange {
  return isRecord(value) && isRecord(value.request) && isRecord(value.response);
}
