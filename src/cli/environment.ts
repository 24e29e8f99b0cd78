import { readCredentials } from '../client/credentials.ts';
import { UsageError } from './command.ts';

const realServer = 'https://api.pluralkit.me/v2';

/** The address and token for commands that call the API. */
export interface ApiEnvironment {
  readonly baseUrl: string;
  readonly token: string | undefined;
}

/**
 * Reads `PLURALKIT_URL` and `PLURALKIT_TOKEN`. Tokens are read from the environment alone: every user of a machine sees command lines.
 *
 * @throws {UsageError} where the address is no HTTP address, or the token has characters that no token has
 */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env): ApiEnvironment {
  const baseUrl = environment.PLURALKIT_URL?.trim() || realServer;
  const protocol = URL.canParse(baseUrl) ? new URL(baseUrl).protocol : '';
  if (!/^https?:$/.test(protocol)) {
    throw new UsageError(`PLURALKIT_URL must be an address such as ${realServer}, with http:// or https://`);
  }
  const token = environment.PLURALKIT_TOKEN?.trim() || undefined;
  try {
    readCredentials(token);
  } catch {
    // The message does not repeat it: it may be a token with a word beside it.
    throw new UsageError('PLURALKIT_TOKEN must be a token or API key, not empty, without Bearer');
  }
  return { baseUrl, token };
}

/** Whether an address ends as that of version 2 of the API does. A proxy may have it elsewhere, so it is no error in itself. */
export function endsWithVersion(baseUrl: string): boolean {
  return /\/v2\/?$/.test(new URL(baseUrl).pathname);
}
