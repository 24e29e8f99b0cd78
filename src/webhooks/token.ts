import type { OptionCheck } from '../models/check-options.ts';

type Tokens = string | readonly string[] | null | undefined;

/** One token, several that are valid at once, or a function that finds those of a system by its UUID. */
export type WebhookTokens = string | readonly string[] | ((systemId: string) => Tokens | Promise<Tokens>);

/** PluralKit's tokens are far shorter. Longer ones are never hashed, as anyone can send them. */
const maximumLength = 1_000;

/** The option `token`. An unset variable fails at the start, and does not let anyone in. */
export const tokenCheck: OptionCheck = {
  expected: `the signing token of the webhook, a string of 1 to ${maximumLength} characters; a list of them; or a function that finds it`,
  isRequired: true,
  fits(tokens) {
    if (typeof tokens === 'function') return true;
    const list = listOf(tokens);
    return list.length > 0 && list.every(isUsable);
  },
};

/**
 * Tells whether a token is one of those expected, in a time that does not depend on where they differ.
 *
 * @param given - the token of the request
 * @param tokens - the option `token`
 * @param systemId - UUID of the system in the event
 * @throws the error of the function that finds tokens
 */
export async function isExpectedToken(
  given: unknown,
  tokens: WebhookTokens,
  systemId: string,
): Promise<boolean> {
  const expected = usable(typeof tokens === 'function' ? await tokens(systemId) : tokens);
  const digest = await digestOf(isUsable(given) ? given : '');
  let equal = false;
  // Digests have equal length, and all of them are compared, also after a match.
  for (const token of expected) equal = isSame(digest, await digestOf(token)) || equal;
  return equal;
}

function usable(tokens: unknown): string[] {
  return listOf(tokens).filter(isUsable);
}

function isUsable(token: unknown): token is string {
  return typeof token === 'string' && token !== '' && token.length <= maximumLength;
}

function listOf(tokens: unknown): unknown[] {
  return Array.isArray(tokens) ? tokens : [tokens];
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}
