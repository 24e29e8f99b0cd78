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
import { readCredentials } from './credentials.ts';
import { clientOver, type LowLevelClient } from './low-level.ts';
import { createMessageLookup, type MessageLookup } from './message-lookup.ts';
import { createMethods } from './methods.ts';
import type { PluralKitOptions } from './options.ts';
import { type SwitchHistory, walkHistory } from './switch-history.ts';
import { Transport } from './transport.ts';
import { createUpdateMany, type MemberUpdates } from './update-many.ts';

/**
 * A client of the PluralKit API.
 *
 * Methods take parameters of the path, then the body, then one object with the query and the call's options. They answer
 * with the model, or throw a {@link PluralKitError}.
 *
 * @example
 * const pk = new PluralKit({ token, userAgent: 'my-bot/1.0 (me@example.com)' });
 * const me = await pk.systems.get('@me');
 * await pk.members.update('abcde', { pronouns: 'they/them' });
 */
export class PluralKit implements Methods {
  declare readonly systems: SystemsMethods;
  declare readonly members: MembersMethods & MemberUpdates;
  declare readonly groups: GroupsMethods;
  declare readonly switches: SwitchesMethods & SwitchHistory;
  declare readonly messages: MessagesMethods & MessageLookup;
  declare readonly settings: SettingsMethods;
  declare readonly oEmbed: OEmbedMethods;
  /** Calls by path, in the manner of openapi-fetch: for headers, and for errors that are not thrown. */
  declare readonly fetch: LowLevelClient;
  /** What the API key says of itself, unverified; null with a legacy token or none. */
  declare readonly key: ApiKey | null;
  /**
   * Makes a client with other options, such as the token of another user. It shares this client's limiter and cache, and all
   * options that are not given.
   *
   * @example
   * const theirs = pk.with({ token });
   * @throws TypeError where an option can't be used
   */
  declare readonly with: (changes: Partial<PluralKitOptions>) => PluralKit;

  /** @throws TypeError where the user agent is missing, or an option is not known or can't be used */
  constructor(options: PluralKitOptions) {
    // Plain JavaScript may give none; then it is told what is needed.
    options ??= { userAgent: '' };
    const credentials = readCredentials(options.token);
    const { key, viewer } = credentials;
    const transport = new Transport(options, credentials);
    const methods = createMethods(transport, key);
    const { members, switches, messages } = methods;
    const history: SwitchHistory['history'] = (system, query = {}) =>
      walkHistory(switches.list, system, query);
    const lookup = createMessageLookup(messages.get, `${transport.baseUrl} ${viewer}`, options);
    const own: { [Name in keyof PluralKit]: PluralKit[Name] } = {
      ...methods,
      members: { ...members, updateMany: createUpdateMany(members.update) },
      switches: { ...switches, history },
      messages: { ...messages, ...lookup },
      fetch: clientOver(transport),
      key,
      with: (changes) => new PluralKit({ ...options, limiter: transport.limiter, ...changes }),
    };
    Object.assign(this, own);
  }
}
