import { CommandError } from './command.ts';

const realServer = 'https://api.pluralkit.me/v2';

/** Where commands that call the API find it, and as whom. */
export interface ApiEnvironment {
  readonly baseUrl: string;
  readonly token: string | undefined;
}

/**
 * Reads `PLURALKIT_URL` and `PLURALKIT_TOKEN`. Tokens come this way only: a command line is seen by every user of a machine.
 *
 * @throws {CommandError} where the address is no HTTP address
 */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env): ApiEnvironment {
  const baseUrl = environment.PLURALKIT_URL?.trim() || realServer;
  const protocol = URL.canParse(baseUrl) ? new URL(baseUrl).protocol : '';
  if (!/^https?:$/.test(protocol)) {
    throw new CommandError(`PLURALKIT_URL must be an address such as ${realServer}`);
  }
  return { baseUrl, token: environment.PLURALKIT_TOKEN?.trim() || undefined };
}
