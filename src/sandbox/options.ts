import { checkOptions, has, is, isInteger, isOneOf, type OptionChecks } from '../models/check-options.ts';
import { isObject } from '../models/is-object.ts';
import type { SandboxOptions } from './sandbox.ts';
import { isFieldless } from './world/fieldless.ts';

const visible = /^[!-~]+$/;

const checks: OptionChecks<SandboxOptions> = {
  world: {
    expected: "an object such as { systems: [{ name: 'Harbor' }] }",
    fits: (value) => isObject(value) && !isFieldless(value),
  },
  clock: {
    expected: 'a clock, as createClock makes it',
    fits: has('now', 'reset', 'set', 'advance', 'freeze', 'resume'),
  },
  seed: { expected: 'a number', fits: (value) => typeof value === 'number' && Number.isFinite(value) },
  rateLimits: isOneOf('server', 'documented', 'off'),
  rateLimitFactor: isInteger(1),
  apps: { expected: 'an object of tokens by name', fits: isObject },
  v1: is.flag,
  deliver: is.function,
  storage: { expected: 'a storage, as openSqliteStorage makes it', fits: has('read', 'write') },
};

/** @throws TypeError naming the option that is wrong */
export function assertOptions(options: SandboxOptions): void {
  checkOptions(options, checks);
  if (options.apps !== undefined) assertApps(options.apps);
}

/** An empty token would match all requests without one. */
function assertApps(apps: object): void {
  for (const [name, token] of Object.entries(apps)) {
    if (typeof token === 'string' && visible.test(token)) continue;
    throw new TypeError(`apps.${name} must be a token of visible ASCII characters`);
  }
}
