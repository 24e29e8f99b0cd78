import { withoutPassword } from '../sandbox/formats/url.ts';
import { isLoopbackHost } from '../sandbox/node/addresses.ts';
import { printable, styled } from './terminal.ts';

/** What the command prints about a sandbox once it has started. */
export interface Introduced {
  /** Without a version. */
  readonly url: string;
  /** The host that was asked for. */
  readonly host: string;
  readonly systems: readonly IntroducedSystem[];
  readonly v1: boolean;
  /** Whether webhook events are posted. */
  readonly delivers: boolean;
}

export interface IntroducedSystem {
  readonly id: string;
  readonly name: string | null;
  readonly token: string | null;
  readonly webhook: { readonly url: string; readonly token: string } | null;
}

/** More would scroll away what stands above them. */
const maximumSystems = 20;

/** Lists the addresses of a sandbox, its tokens, and what to try first. */
export function introduce({ url, host, systems, v1, delivers }: Introduced): string {
  const token = systems.find((system) => system.token !== null)?.token ?? null;
  const [system] = systems;
  const lines = [
    `${styled('bold', 'PluralKit sandbox')}  ${styled('cyan', `${url}/v2`)}${v1 ? `  ${styled('cyan', `${url}/v1`)}` : ''}`,
    `${styled('bold', 'Console')}            ${styled('cyan', `${url}/`)}`,
    '',
    ...(isLoopbackHost(host)
      ? []
      : [`${styled('yellow', 'Other machines can reach it')}, and read and change all of it.`, '']),
    ...table(systems.slice(0, maximumSystems)),
    ...(systems.length > maximumSystems ? [`  and ${systems.length - maximumSystems} more`] : []),
    ...(system === undefined
      ? ['  There are no systems. Start with --world, or load a world in the console.']
      : []),
    ...(delivers ? ['', ...webhooks(systems)] : []),
    '',
    'Try:',
    `  ${styled('bold', token === null ? `curl ${url}/v2/systems/${system?.id ?? 'exmpl'}` : `curl -H 'Authorization: ${printable(token)}' ${url}/v2/systems/@me`)}`,
    '',
    styled('dim', 'Ctrl-C stops it.'),
    '',
  ];
  return lines.join('\n');
}

/** Where events go, with the signing tokens that receivers compare. */
function webhooks(systems: readonly IntroducedSystem[]): readonly string[] {
  const lines = systems
    .slice(0, maximumSystems)
    .flatMap(({ id, webhook }) =>
      webhook === null
        ? []
        : [`  ${id}  ${printable(withoutPassword(webhook.url))}  signing token ${printable(webhook.token)}`],
    );
  const none = '  No system has a webhook: register one in the section “Bot” of the console.';
  return [styled('dim', '  Webhook events go to'), ...(lines.length === 0 ? [none] : lines)];
}

function table(systems: readonly IntroducedSystem[]): readonly string[] {
  const rows = systems.map(({ id, name, token }) => [
    printable(name ?? ''),
    id,
    token === null ? 'no token' : printable(token),
  ]);
  const header = ['System', 'Id', 'Token (made up: it works here only)'];
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const toLine = (row: readonly string[]) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return systems.length === 0 ? [] : [styled('dim', toLine(header)), ...rows.map(toLine)];
}
