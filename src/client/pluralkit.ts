import type {
  GroupsMethods,
  MembersMethods,
  MessagesMethods,
  Methods,
  OEmbedMethods,
  SettingsMethods,
  SwitchesMethods,
  SystemsMethods,
} from '../../generated/v2/methods.ts';
import type { ApiKey } from '../models/api-key.ts';
import { checkNames, clientOptions } from './assert-options.ts';
import { assertCache } from './cache.ts';
import { readCredentials } from './credentials.ts';
import { createFrontersWatch, type FrontersWatch } from './fronters-watch.ts';
import { loadHelpers } from './load-helpers.ts';
import { clientOver, type LowLevelClient } from './low-level.ts';
import type { MessageLookup } from './message-lookup.ts';
import { createMethods } from './methods.ts';
import type { PluralKitOptions } from './options.ts';
import type { SwitchHistory } from './switch-history.ts';
import { createTransport } from './transport.ts';
import type { MemberUpdates } from './update-many.ts';
import { assertView, type View } from './view.ts';

/**
 * A client of the PluralKit API.
 *
 * Methods take parameters of the path, then the body, then one object with the query and the call's options. They resolve
 * with the model, or throw a {@link PluralKitError}.
 *
 * @example
 * const pk = new PluralKit({ token, userAgent: 'my-bot/1.0 (me@example.com)' });
 * const me = await pk.systems.get('@me');
 * await pk.members.update('abcde', { pronouns: 'they/them' });
 */
export class PluralKit<out ClientView extends View = View> implements Methods<ClientView> {
  declare readonly systems: SystemsMethods<ClientView>;
  declare readonly members: MembersMethods<ClientView> & MemberUpdates;
  declare readonly groups: GroupsMethods<ClientView>;
  declare readonly switches: SwitchesMethods<ClientView> & SwitchHistory & FrontersWatch<ClientView>;
  declare readonly messages: MessagesMethods & MessageLookup;
  declare readonly settings: SettingsMethods<ClientView>;
  declare readonly oEmbed: OEmbedMethods;
  /** Calls by path, in the manner of openapi-fetch: for headers, and for errors that are not thrown. */
  declare readonly fetch: LowLevelClient;
  /** The unverified content of the API key; null with a legacy token or none. */
  declare readonly key: ApiKey | null;
  /**
   * Makes a client with other options, such as the token of another user. It shares this client's limiter and cache, and all
   * options that are not given.
   *
   * @example
   * const theirs = pk.with({ token });
   * @throws TypeError where an option can't be used
   */
  declare readonly with: <NewView extends View = ClientView>(
    changes?: Partial<PluralKitOptions<NewView>>,
  ) => PluralKit<NewView>;

  /**
   * @throws TypeError where the user agent is missing, an option is not known or can't be used, or an API key lacks scopes
   * for the view `owner`
   */
  constructor(options: PluralKitOptions<ClientView>) {
    // Plain JavaScript may omit the options; then the transport's error says what is required.
    const credentials = readCredentials(options?.token);
    const { key, viewer } = credentials;
    assertView(options?.view, key);
    const known = clientOptions();
    const transport = createTransport(options, credentials, known);
    assertCache(options);
    const methods = createMethods<ClientView>(transport, credentials);
    const { members, switches, messages } = methods;
    const { find, history, updateMany } = loadHelpers(
      ({ createHelpers }) => createHelpers(methods, viewer, transport, options),
      transport.limitsOf,
    );
    const own: { [Name in keyof PluralKit]: PluralKit<ClientView>[Name] } = {
      ...methods,
      members: { ...members, updateMany },
      switches: { ...switches, history, watchFronters: createFrontersWatch(this) },
      messages: { ...messages, find },
      fetch: clientOver(transport),
      key,
      with: <NewView extends View>(changes?: Partial<PluralKitOptions<NewView>>) => {
        checkNames(changes, known);
        // By default, NewView is the view of this client.
        const view = (changes?.view ?? options.view) as NewView | undefined;
        return new PluralKit({ ...options, limiter: transport.limiter, ...changes, view });
      },
    };
    Object.assign(this, own);
  }
}
