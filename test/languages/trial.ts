import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObject, type Json } from '../../scripts/lib/recordings.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { handleOf, toResponder } from '../../src/sandbox/http/faces.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { install } from './installations.ts';
import { runScript } from './shell.ts';
import type { LanguageTool, Outcome, Outcomes } from './tool.ts';

export interface Trial {
  readonly outcomes: Outcomes;
  /** What the generator printed. */
  readonly generated: string;
  /** What the last step printed. */
  readonly output: string;
  /** Processor time of each step, in words. */
  readonly times: readonly string[];
}

/** Installs, generates and compiles, and runs the program against a sandbox of the tool's own. */
export async function tryTool(tool: LanguageTool, signal: AbortSignal): Promise<Trial> {
  const sandbox = createSandbox();
  let isNewer = false;
  const handle = handleOf(sandbox);
  const responder = toResponder(async (request) => {
    const response = await handle(request);
    return isNewer && typeof response.body === 'string'
      ? { ...response, body: asOfLater(response.body, tool.needsMessages) }
      : response;
  });
  const server = await listen(responder, { port: 0 });
  // Outside of the project, whose packages would be found from a folder in it.
  const outside = mkdtempSync(join(tmpdir(), 'pluralkit-languages-'));
  const folder = join(outside, tool.name.replace(/\W+/g, '-'));
  const times: string[] = [];
  const outputs: string[] = [];
  try {
    for (const need of tool.needs) {
      const result = await install(need);
      if (result) times.push(`install ${need} ${result.seconds.toFixed(1)}`);
    }
    mkdirSync(folder);
    const { ino } = statSync(folder);
    const step = async (name: string, script: string | undefined, before: Outcome): Promise<Outcome> => {
      if (script === undefined || before !== true) return null;
      const { passed, output, seconds } = await runScript(folder, script, `${server.url}/v2`, signal);
      times.push(`${name} ${seconds.toFixed(1)}`);
      outputs.push(output);
      return passed && (name !== 'run' || output.trimEnd().endsWith('ok'));
    };
    const generates = await step('generate', tool.generate, true);
    const compiles = await step('compile', tool.compile, generates);
    let runs = await step('run', tool.run, compiles);
    if (runs === true) {
      assertChanges(sandbox, tool);
      // The server may respond with new fields, and with other messages, at any time.
      sandbox.reset();
      isNewer = true;
      runs = await step('run', tool.run, compiles);
    }
    const [generated = ''] = outputs;
    // The shell of a user would be left in a folder that is gone.
    if (statSync(folder).ino !== ino) throw new Error('The folder was replaced by another.');
    return { outcomes: { generates, compiles, runs }, generated, output: outputs.at(-1) ?? '', times };
  } finally {
    await server.close();
    rmSync(outside, { recursive: true, force: true });
  }
}

/**
 * What the programs send to change a member, in this order, and nothing else: a client that sends fields that are not set
 * clears them, and makes public what is private.
 */
function assertChanges(sandbox: Sandbox, { clears = null }: LanguageTool): void {
  const sent = sandbox
    .requests()
    .filter(({ operation }) => operation === 'updateMember')
    .map(({ request }) => request.body);
  const expected = [{ pronouns: 'they/them' }, { privacy: { visibility: 'private' } }, { pronouns: clears }];
  const bodies = expected.map((body) => JSON.stringify(body));
  if (JSON.stringify(sent.map(compact)) !== JSON.stringify(bodies)) {
    throw new Error(`The program has sent ${sent.join(', ')} in place of ${bodies.join(', ')}.`);
  }
}

function compact(body: string | null): string {
  return JSON.stringify(JSON.parse(body ?? 'null'));
}

/** A body, each object of which has a field that the document does not know, and any message another text. */
function asOfLater(body: string, keepsMessages = false): string {
  const extended = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(extended);
    if (!isObject(value)) return value;
    const fields = Object.entries(value).map(([name, field]) => [
      name,
      name === 'message' && !keepsMessages ? 'Reworded.' : extended(toJson(field)),
    ]);
    return { ...Object.fromEntries(fields), added_later: { by: null } };
  };
  return JSON.stringify(extended(toJson(JSON.parse(body))));
}

function toJson(value: unknown): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}
