import { expect, test } from 'vitest';
import { exportSystem, importSystem } from '../../src/backup/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen, openSqliteStorage } from '../../src/sandbox/node/index.ts';
import { watchFronters } from '../../src/watch/index.ts';

const { clock } = createSandbox();

/** Of what a function yields. */
function first<Given extends unknown[]>(run: (...given: Given) => AsyncGenerator) {
  return (...given: Given) => run(...given).next();
}

test.each<[string, (...given: never[]) => unknown, unknown[], string]>([
  ['exportSystem', first(exportSystem), [], 'pk must be a PluralKit'],
  ['exportSystem', first(exportSystem), ['@me'], 'pk must be a PluralKit'],
  ['importSystem', importSystem, [], 'pk must be a PluralKit'],
  ['watchFronters', first(watchFronters), [{}], 'pk must be a PluralKit'],
  ['listen', listen, [], 'The sandbox must be one of createSandbox'],
  ['listen', listen, [{ port: 0 }], 'The sandbox must be one of createSandbox'],
  ['openSqliteStorage', openSqliteStorage, [], 'The file must be a path, as a string'],
  ['clock.set', clock.set, ['2030-01-01'], 'The time must be a Date'],
  ['clock.freeze', clock.freeze, [5], 'The time must be a Date'],
  ['clock.advance', clock.advance, [], 'The milliseconds must be a number'],
])('%s says in plain JavaScript what it must be given', async (_, run, given, message) => {
  await expect(async () => Reflect.apply(run, undefined, given)).rejects.toThrow(new TypeError(message));
});
