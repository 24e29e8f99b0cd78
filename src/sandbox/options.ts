import { isObject } from '../models/is-object.ts';
import { didYouMean } from '../models/nearest.ts';

interface Check {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const modes: readonly unknown[] = ['server', 'documented', 'off'];
const visible = /^[!-~]+$/;

const checks: Readonly<Record<string, Check>> = {
  world: { expected: 'a world', fits: isObject },
  clock: { expected: 'a clock, as createClock makes it', fits: has('now', 'reset', 'set', 'advance') },
  seed: { expected: 'a number', fits: (value) => typeof value === 'number' && Number.isFinite(value) },
  rateLimits: { expected: `one of ${modes.join(', ')}`, fits: (value) => modes.includes(value) },
  rateLimitFactor: {
    expected: 'an integer from 1',
    fits: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 1,
  },
  apps: { expected: 'an object of tokens by name', fits: isObject },
  v1: { expected: 'true or false', fits: (value) => typeof value === 'boolean' },
  deliver: { expected: 'a function', fits: (value) => typeof value === 'function' },
  storage: { expected: 'a storage, as openSqliteStorage makes it', fits: has('read', 'write') },
};

/**
 * Checks options that plain JavaScript, or a variable that is not set, may have made wrong.
 *
 * @throws TypeError naming the option that is wrong, and the nearest one where it is not known
 */
export function assertOptions(options: object): void {
  if (!isObject(options)) throw new TypeError('The options must be an object');
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) {
      throw new TypeError(`There is no option “${name}”${didYouMean(name, Object.keys(checks))}`);
    }
    if (value !== undefined && !check.fits(value)) throw new TypeError(`${name} must be ${check.expected}`);
  }
  if ('apps' in options && isObject(options.apps)) assertApps(options.apps);
}

/** An empty token would be that of all who send none. */
function assertApps(apps: object): void {
  for (const [name, token] of Object.entries(apps)) {
    if (typeof token === 'string' && visible.test(token)) continue;
    throw new TypeError(`apps.${name} must be a token of visible ASCII characters`);
  }
}

function has(...methods: readonly string[]): (value: unknown) => boolean {
  return (value) =>
    isObject(value) && methods.every((name) => typeof Reflect.get(value, name) === 'function');
}
