import { checkNames } from './assert-options.ts';
import { check } from './check.ts';
import type { PluralKitOptions } from './options.ts';

/** A cache of message lookups: a Keyv, a Map, or any object with these two methods. */
export interface Cache {
  /** Returns the value that was set, or undefined. */
  get(key: string): unknown;
  /** @param ttl - milliseconds after which it should be forgotten */
  set(key: string, value: unknown, ttl: number): unknown;
}

/** @throws TypeError where the cache or its times can't be used */
export function assertCache({ cache, cacheTtl }: Pick<PluralKitOptions, 'cache' | 'cacheTtl'>): void {
  const { found = 0, missing = 0 } = cacheTtl ?? {};
  checkNames(cacheTtl, ['found', 'missing'], 'cacheTtl');
  check(found >= 0 && missing >= 0, 'cacheTtl must hold milliseconds from 0');
  check(
    !cache || (typeof cache.get === 'function' && typeof cache.set === 'function'),
    'cache must have the methods get and set',
  );
}
