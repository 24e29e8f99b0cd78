import type { ApiKeyLevel } from './api-key.ts';

/** In rising order. */
const LEVELS: readonly string[] = ['publicread', 'read', 'write'] satisfies ApiKeyLevel[];

/** Whether scopes hold one, such as `read:members`. */
export function hasScope(scopes: readonly string[], scope: string): boolean {
  const [level = '', part = ''] = scope.split(':');
  const parts = [part, 'all', part === 'fronters' ? 'switches' : part];
  const levels = LEVELS.slice(LEVELS.indexOf(level));
  return scopes.some((own) => levels.some((each) => parts.some((one) => own === `${each}:${one}`)));
}
