import { ownerScopes } from '../../generated/v2/methods.ts';
import type { ApiKey } from '../models/api-key.ts';
import { hasScope } from '../models/has-scope.ts';
import { check } from './check.ts';

/** How the caller's own system is seen: as its owner sees it, with all that is private, or as anyone may. */
export type View = 'owner' | 'anyone';

/** A model of the caller's own system: the owner's, or where the view may be another one, the common part. */
export type SeenBy<ClientView extends View, Own, Others> = [ClientView] extends ['owner'] ? Own : Others;

/** @throws TypeError where the view is not known, or an API key lacks scopes for it */
export function assertView(view: View | undefined, key: ApiKey | null): void {
  if (view === undefined || view === 'anyone') return;
  check(view === 'owner', "view must be 'owner' or 'anyone'");
  const missing = key ? ownerScopes.filter((scope) => !hasScope(key.scopes, scope)) : [];
  check(missing.length === 0, `The API key lacks ${missing.join(', ')}, which the view 'owner' needs`);
}
