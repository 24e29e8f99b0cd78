import { type Command, maximumPort, readNumber, readOptions, readToken } from './command.ts';

const defaultPort = 4012;

/** The options of `pluralkit webhook`. */
export interface WebhookCommandOptions {
  readonly port: number;
  readonly host: string;
  /** The signing token that events must carry. */
  readonly token: string | undefined;
}

const help = `
Receives webhook events and prints them, to see what PluralKit sends and when. It responds as a receiver should.

Usage: pluralkit webhook [options]

  --port <number>   where to listen; 0 takes a free port (default: ${defaultPort}, where a system of the sandbox has its webhook)
  --host <address>  where to listen (default: 127.0.0.1)
  --token <token>   the signing token that the bot showed; events with another one are rejected with 401.
                    Without it all are accepted, so PluralKit does not take the address: it tries wrong tokens first.
                    Other users of a machine see command lines: the variable PLURALKIT_SIGNING_TOKEN does the same
  -h, --help        show this

To see events of a sandbox, start \`pluralkit sandbox --deliver\` beside it. PluralKit itself needs a public HTTPS address
that leads here, such as a tunnel gives.

Exit codes: 0 stopped, 1 could not start, 2 wrong options, 3 could not write its output.`.trim();

export const webhookCommand: Command = {
  summary: 'print incoming webhook events',
  help,
  async run(args) {
    const options = readWebhookOptions(args);
    const { runWebhook } = await import('./run-webhook.ts');
    await runWebhook(options);
    return undefined;
  },
};

const tokenForm = ['characters', /./] as const;

/** @throws {UsageError} where the variable holds none */
function readSigningToken(): string | undefined {
  const name = 'PLURALKIT_SIGNING_TOKEN';
  return readToken(name, process.env[name]?.trim() || undefined, tokenForm);
}

/** @throws {UsageError} where the command line is wrong */
function readWebhookOptions(args: readonly string[]): WebhookCommandOptions {
  const { port, host, token } = readOptions(args, {
    port: { type: 'string', default: String(defaultPort) },
    host: { type: 'string', default: '127.0.0.1' },
    token: { type: 'string' },
  });
  return {
    port: readNumber('port', port, maximumPort),
    host,
    token: token === undefined ? readSigningToken() : readToken('--token', token, tokenForm),
  };
}
