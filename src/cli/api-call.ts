import packageJson from '../../package.json' with { type: 'json' };
import { isPluralKitError, type PluralKitError } from '../client/errors.ts';
import { PluralKit } from '../client/pluralkit.ts';
import { CommandError, UsageError } from './command.ts';
import { readEnvironment } from './environment.ts';
import { createProgress, type Progress } from './progress.ts';
import { untilStopped } from './stop.ts';

/**
 * Runs a command that calls the API, until it has ended or is interrupted.
 *
 * @param name - of the command, for the user agent
 * @returns the exit code
 * @throws {UsageError} where the token is missing
 * @throws {CommandError} where the server does not respond
 */
export async function callApi(
  name: string,
  needsToken: boolean,
  work: (pk: PluralKit, signal: AbortSignal, progress: Progress) => Promise<number>,
): Promise<number> {
  const { baseUrl, token } = readEnvironment();
  if (needsToken && token === undefined) {
    throw new UsageError('Set PLURALKIT_TOKEN to the token of your system, which the bot gives: pk;token');
  }
  const userAgent = `pluralkit-openapi-${name}/${packageJson.version} (pluralkit ${name})`;
  const pk = new PluralKit({ baseUrl, token, userAgent });
  const controller = new AbortController();
  const stopped = untilStopped();
  void stopped.then(() => controller.abort());
  const progress = createProgress();
  try {
    return await work(pk, controller.signal, progress);
  } catch (error) {
    if (controller.signal.aborted) return await stopped;
    if (isPluralKitError(error)) throw new CommandError(explain(error));
    throw error;
  } finally {
    progress.end();
  }
}

/** What went wrong, and what to do about it. */
export function explain(error: PluralKitError): string {
  return [explainShortly(error), ...hintsOf(error)].join('\n');
}

/** What went wrong, in one line. */
export function explainShortly(error: PluralKitError): string {
  if (error.status === 401) return 'The server does not know the token in PLURALKIT_TOKEN.';
  // The client names its own option.
  return error.message.replace('`baseUrl`', 'PLURALKIT_URL');
}

/** What to do where the server gave no response. */
export function hintsOf(error: unknown): readonly string[] {
  const hasNoResponse = isPluralKitError(error) && error.status === null;
  return hasNoResponse ? ['Is PLURALKIT_URL right, and the server there?'] : [];
}
