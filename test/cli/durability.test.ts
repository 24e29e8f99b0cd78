import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type FullWorld, type KeyDescription, system, worldOf } from '../../src/sandbox/index.ts';
import { tries } from '../support/tries.ts';
import { start } from './support.ts';

const kills = tries(4, 22);
const writers = 6;

/**
 * Calls one system without a pause, and knows what it must be like: for each fact, the values that it may have. While a
 * change is under way that is the old one and the new one; once the response came, the new one alone.
 */
class Writer {
  readonly facts = new Map<string, readonly string[]>();
  acknowledged = 0;
  readonly #token: string;
  readonly #system: FullWorld['systems'][number];
  readonly #passing: string[] = [];
  /** The latest API keys by their id; all but the last one are revoked. */
  readonly #keys = new Map<string, string>();
  #count = 0;

  constructor(own: FullWorld['systems'][number]) {
    this.#system = own;
    this.#token = own.token ?? '';
    for (const [fact, value] of factsOf(own)) this.facts.set(fact, [value]);
  }

  get id(): string {
    return this.#system.id;
  }

  /** Changes one thing after the other until the server is gone. */
  async run(url: string): Promise<void> {
    const [first, second, third] = this.#system.members.map(({ id }) => id);
    const [group] = this.#system.groups.map(({ id }) => id);
    try {
      for (;;) {
        this.#count += 1;
        const text = String(this.#count);
        await this.#change('tag', text, () => this.#call(url, 'PATCH', '/systems/@me', { tag: text }));
        await this.#change(`description of ${first}`, text, () =>
          this.#call(url, 'PATCH', `/members/${first}`, { description: text }),
        );
        const members = this.#count % 2 === 0 ? [second] : [third, second].sort();
        await this.#change(`members of ${group}`, members.join(), () =>
          this.#call(url, 'POST', `/groups/${group}/members/overwrite`, members),
        );
        await this.#comeAndGo(url, text);
        await this.#giveAndRevoke(url);
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // What fetch throws where the connection breaks.
    }
  }

  /** Makes a member that fronts, and takes an earlier one away: out of its switch, too. */
  async #comeAndGo(url: string, name: string): Promise<void> {
    const member = await this.#call(url, 'POST', '/members', { name });
    this.#know(`member ${member}`, 'there');
    this.#passing.push(member);
    const logged = await this.#call(url, 'POST', '/systems/@me/switches', { members: [member] });
    this.#know(`switch ${logged}`, 'there');
    if (this.#passing.length < 3) return;
    const [gone = ''] = this.#passing;
    await this.#change(`member ${gone}`, undefined, () => this.#call(url, 'DELETE', `/members/${gone}`));
    this.#passing.shift();
  }

  /** Gives out an API key, and revokes the one before it. */
  async #giveAndRevoke(url: string): Promise<void> {
    const body = JSON.stringify({ system: this.id, scopes: ['identify'] });
    const { id, token } = await (await fetch(`${url}/_sandbox/keys`, { method: 'POST', body })).json();
    this.#keys.set(id, token);
    this.#know(`key ${id}`, 'there');
    const [oldest = ''] = this.#keys.keys();
    const before = [...this.#keys.keys()].at(-2);
    if (before === undefined) return;
    await this.#change(`key ${before}`, undefined, () =>
      fetch(`${url}/_sandbox/keys/${before}`, { method: 'DELETE' }),
    );
    if (this.#keys.size > 3) this.#keys.delete(oldest);
  }

  async #change(fact: string, value: string | undefined, call: () => Promise<unknown>): Promise<void> {
    const before = this.facts.get(fact) ?? [];
    this.facts.set(fact, [...before, value ?? 'gone']);
    await call();
    this.facts.set(fact, [value ?? 'gone']);
    this.acknowledged += 1;
  }

  #know(fact: string, value: string): void {
    this.facts.set(fact, [value]);
    this.acknowledged += 1;
  }

  async #call(url: string, method: string, path: string, body?: unknown): Promise<string> {
    const headers = { Authorization: this.#token, 'Content-Type': 'application/json' };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(`${url}/v2${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? '' : String(JSON.parse(text).id);
  }

  /** Compares with what is there after a restart, and goes on from that. */
  async lost(url: string, found: FullWorld['systems'][number]): Promise<string[]> {
    const keys: readonly KeyDescription[] = await (await fetch(`${url}/_sandbox/keys`)).json();
    const listed = new Set(keys.map(({ id }) => id));
    const values = new Map([
      ...factsOf(found),
      ...[...listed].map((id): [string, string] => [`key ${id}`, 'there']),
    ]);
    const lost: string[] = [];
    for (const [id, key] of this.#keys) {
      const { status } = await fetch(`${url}/v2/systems/@me`, {
        headers: { Authorization: `Bearer ${key}` },
      });
      if (status !== (listed.has(id) ? 200 : 401)) lost.push(`${this.id}: key ${id} gets ${status}`);
    }
    for (const [fact, allowed] of this.facts) {
      const value = values.get(fact) ?? 'gone';
      if (!allowed.includes(value)) lost.push(`${this.id}: ${fact} is ${value}, not ${allowed.join(' or ')}`);
      this.facts.set(fact, [value]);
    }
    this.#passing.splice(
      0,
      this.#passing.length,
      ...this.#passing.filter((id) => values.has(`member ${id}`)),
    );
    return lost;
  }
}

function factsOf(found: FullWorld['systems'][number]): Map<string, string> {
  return new Map([
    ['tag', String(found.tag)],
    ...found.members.map(({ id }): [string, string] => [`member ${id}`, 'there']),
    ...found.members.map(({ id, description }): [string, string] => [
      `description of ${id}`,
      String(description),
    ]),
    ...found.groups.map(({ id, members }): [string, string] => [
      `members of ${id}`,
      members.toSorted().join(),
    ]),
    ...found.switches.map(({ id }): [string, string] => [`switch ${id}`, 'there']),
  ]);
}

test('the database loses no acknowledged change, whenever the process is killed', {
  timeout: 120_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-durability-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const own = system({ settings: { member_limit: 100_000 } })
    .withMembers(3)
    .withGroups(1);
  const world = worldOf(...Array.from({ length: writers }, () => own));
  const worldFile = join(directory, 'world.json');
  await writeFile(worldFile, JSON.stringify(world));
  const options = ['--port', '0', '--rate-limits', 'off', '--quiet', '--world', worldFile];
  const begin = () => start(['sandbox', ...options, '--db', join(directory, 'sandbox.db')]);
  const all = world.systems.map((one) => new Writer(one));
  const lost: string[] = [];

  for (let kill = 0; kill <= kills; kill += 1) {
    const program = begin();
    if (kill % 6 === 0 && kill < kills) {
      // At any moment of its start.
      await sleep(Math.random() * 600);
      program.kill('SIGKILL');
      await program.ended;
      continue;
    }
    const [, url = ''] = await program.waitFor(/(http:\S+)\/v2/);
    const found: FullWorld = JSON.parse(await (await fetch(`${url}/_sandbox/world`)).text());
    for (const [index, writer] of all.entries()) {
      const there = found.systems[index];
      expect(there?.id).toBe(writer.id);
      if (there !== undefined) lost.push(...(await writer.lost(url, there)));
    }
    const enough = total(all) + 10 + Math.random() * 30;
    const running = Promise.all(all.map((writer) => writer.run(url)));
    // Where a writer fails, so does the test.
    while (total(all) < enough) await Promise.race([running, sleep(1)]);
    await sleep(Math.random() * 20);
    program.kill('SIGKILL');
    await Promise.all([running, program.ended]);
  }

  expect(lost).toEqual([]);
  console.info(`${total(all)} acknowledged changes, ${kills} kills, ${lost.length} lost`);
});

function total(all: readonly Writer[]): number {
  return all.reduce((sum, writer) => sum + writer.acknowledged, 0);
}
