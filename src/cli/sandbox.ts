import type { RateLimitMode } from '../sandbox/gateway/rate-limiter.ts';
import { type Command, maximumPort, readChoice, readNumber, readOptions, readToken } from './command.ts';

const rateLimitModes: readonly RateLimitMode[] = ['server', 'documented', 'off'];
/** The longest wait that timers know, about 25 days. */
const maximumLatency = 2 ** 31 - 1;

/** More than any machine can serve. */
const maximumFactor = 10_000;

const defaultPort = 4011;

/** The options of `pluralkit sandbox`. */
export interface SandboxCommandOptions {
  readonly port: number;
  readonly host: string;
  /** Path of a world file. */
  readonly world: string | undefined;
  /** Path of a database. */
  readonly db: string | undefined;
  readonly rateLimits: RateLimitMode;
  /** Multiplies every rate limit. */
  readonly rateLimitFactor: number;
  /** Folder of rendered docs. */
  readonly docs: string | undefined;
  /** Milliseconds. */
  readonly latency: number;
  /** Token of an application that has a rate limit of its own. */
  readonly appToken: string | undefined;
  readonly v1: boolean;
  readonly quiet: boolean;
  /** Where webhook events are posted to. */
  readonly deliver: 'nowhere' | 'this machine' | 'anywhere';
}

const help = `
Starts a PluralKit server with made-up systems, to build and test against. It responds as the real one does, keeps what
is changed until it is stopped, and needs no network. A console for people is at its root.

Usage: pluralkit sandbox [options]

  --port <number>       where to listen; 0 takes a free port (default: ${defaultPort})
  --host <address>      where to listen; others than loopback let other machines in (default: 127.0.0.1)
  --world <file>        start with this JSON file instead of what is built in: a world, or an export of PluralKit
                        or Tupperbox (see: pluralkit world)
  --db <file>           keep what is changed in this file (SQLite), and go on from there next time
  --rate-limits <mode>  server: as the real server counts; documented: as its documentation says; off
                        (default: server)
  --rate-limit-factor <number>
                        multiply every rate limit, for load tests: 100 lets 1,000 GETs a second pass (default: 1)
  --app-token <token>   requests with this token in X-PluralKit-App share a limit of their own, 20 a second (token2)
  --latency <ms>        let each response wait
  --v1                  serve version 1 as well, which the real server has retired
  --deliver             post the webhook events of systems that have a webhook, on this machine only
  --deliver-anywhere    post them to whatever address the system has
  --docs <folder>       show these rendered docs beside the console (in a clone: npm run docs)
  --quiet               print no line for each request
  -h, --help            show this

Ctrl-C lets requests under way end and stops it; a second one stops it at once.
Exit codes: 0 stopped, 1 could not start or failed, 2 wrong options, 3 could not write its output.`.trim();

export const sandboxCommand: Command = {
  summary: 'start a PluralKit server to build and test against',
  help,
  async run(args) {
    const options = readSandboxOptions(args);
    const { runSandbox } = await import('./run-sandbox.ts');
    await runSandbox(options);
    return undefined;
  },
};

/** @throws {UsageError} where the command line is wrong */
function readSandboxOptions(args: readonly string[]): SandboxCommandOptions {
  const values = readOptions(args, {
    port: { type: 'string', default: String(defaultPort) },
    host: { type: 'string', default: '127.0.0.1' },
    world: { type: 'string' },
    db: { type: 'string' },
    'rate-limits': { type: 'string', default: 'server' },
    'rate-limit-factor': { type: 'string', default: '1' },
    latency: { type: 'string', default: '0' },
    'app-token': { type: 'string' },
    v1: { type: 'boolean', default: false },
    docs: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    deliver: { type: 'boolean', default: false },
    'deliver-anywhere': { type: 'boolean', default: false },
  });
  const deliver = values.deliver ? 'this machine' : 'nowhere';
  return {
    port: readNumber('port', values.port, maximumPort),
    host: values.host,
    world: values.world,
    db: values.db,
    docs: values.docs,
    rateLimits: readChoice('--rate-limits', values['rate-limits'], rateLimitModes),
    rateLimitFactor: readNumber('rate-limit-factor', values['rate-limit-factor'], maximumFactor, 1),
    appToken: readToken('--app-token', values['app-token'], ['visible ASCII characters', /^[!-~]+$/]),
    latency: readNumber('latency', values.latency, maximumLatency),
    v1: values.v1,
    quiet: values.quiet,
    deliver: values['deliver-anywhere'] ? 'anywhere' : deliver,
  };
}
