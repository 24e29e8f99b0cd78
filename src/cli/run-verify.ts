import packageJson from '../../package.json' with { type: 'json' };
import { isPluralKitError } from '../client/errors.ts';
import type { Difference } from '../verify/difference.ts';
import { readDocument } from '../verify/documented.ts';
import { type Verification, type VerifiedOperation, verify } from '../verify/verify.ts';
import { explain } from './api-call.ts';
import { CommandError } from './command.ts';
import { endsWithVersion, readEnvironment } from './environment.ts';
import { createProgress } from './progress.ts';
import { untilStopped } from './stop.ts';
import { styled, writeLine } from './terminal.ts';
import type { VerifyCommandOptions } from './verify.ts';

/** PluralKit's own example. */
const publicSystem = 'exmpl';
/** An id that no message has: the response is a documented 404. */
const noMessage = '4194304';
const userAgent = `pluralkit-openapi-verify/${packageJson.version} (pluralkit verify)`;

/**
 * Verifies the document and prints the report.
 *
 * @returns the exit code
 * @throws {CommandError} where the server does not respond
 */
export async function runVerify({ references, json }: VerifyCommandOptions): Promise<number> {
  const { baseUrl, token } = readEnvironment();
  const { default: document } = await import('../documents/v2.ts');
  const stop = new AbortController();
  const stopped = untilStopped();
  void stopped.then(() => stop.abort());
  const progress = createProgress();
  const defaults = { systemRef: token === undefined ? publicSystem : '@me', message_id: noMessage };
  const given = Object.entries(references).filter(([, value]) => value !== undefined);
  try {
    const verifying = verify(readDocument(document), {
      ...{ baseUrl, token, userAgent, signal: stop.signal },
      references: { ...defaults, ...Object.fromEntries(given) },
      onProgress: ({ operation, done, total }) => progress.show(`${done + 1} of ${total}  ${operation}`),
    });
    const verification = await Promise.race([verifying, stopped.then(() => undefined)]);
    progress.end();
    if (verification === undefined) {
      await verifying.catch(() => undefined);
      return await stopped;
    }
    requireSystem(verification, baseUrl);
    writeLine(json ? JSON.stringify(verification, null, 2) : describe(verification, baseUrl));
    return verification.operations.some(({ differences }) => differences.length > 0) ? 1 : 0;
  } catch (error) {
    progress.end();
    if (isPluralKitError(error)) throw new CommandError(explain(error));
    throw error;
  }
}

/** @throws {CommandError} where no read operation is available */
function requireSystem({ operations }: Verification, baseUrl: string): void {
  const status = operations[0]?.statuses[0]?.status;
  if (status === 401) throw new CommandError('The server does not know the token in PLURALKIT_TOKEN.');
  if (status !== undefined && status !== 200 && !endsWithVersion(baseUrl)) {
    throw new CommandError(
      `The server responded with ${status} to the first request. Does PLURALKIT_URL end in \`/v2\`?`,
    );
  }
  if (status === 404) {
    throw new CommandError('The server has no such system: name one that it has with --system.');
  }
}

function describe({ version, commit, operations }: Verification, baseUrl: string): string {
  const differing = operations.filter(({ differences }) => differences.length > 0);
  const count = differing.reduce((sum, { differences }) => sum + differences.length, 0);
  const asked = operations.filter(({ skipped }) => skipped === null);
  const { origin, pathname } = new URL(baseUrl);
  return [
    `Server    ${origin}${pathname}, version ${version ?? 'unknown'}`,
    `Document  of commit ${commit}`,
    '',
    ...operations.flatMap(describeOperation),
    '',
    count === 0
      ? styled('green', `No difference in ${asked.length} operations`)
      : styled('red', `${count} differences in ${differing.length} of ${asked.length} operations`),
  ].join('\n');
}

function describeOperation({ operation, statuses, differences, skipped }: VerifiedOperation): string[] {
  const name = operation.padEnd(26);
  if (skipped !== null) return [`${styled('dim', '-')} ${name} skipped: ${skipped}`];
  const mark = differences.length === 0 ? styled('green', '✓') : styled('red', '✗');
  const seen = statuses.map(({ as, status }) => `${status} ${as}`).join(', ');
  return [
    `${mark} ${name} ${seen}`,
    ...differences.map((difference) => `    ${describeDifference(difference)}`),
  ];
}

function describeDifference({ kind, place, expected, actual }: Difference): string {
  const documented = expected === undefined ? '' : `, documented ${expected}`;
  return `${kind}: ${place}${documented}${actual === undefined ? '' : `, sent ${actual}`}`;
}
