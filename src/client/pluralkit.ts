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
  readonly systems: SystemsMethods;
  readonly members: MembersMethods;
  readonly groups: GroupsMethods;
  readonly switches: SwitchesMethods & SwitchHistory;
  readonly messages: MessagesMethods & MessageLookup;
  readonly settings: SettingsMethods;
  readonly oEmbed: OEmbedMethods;
  /** Calls by path, in the manner of openapi-fetch: for headers, and for errors that are not thrown. */
  readonly fetch: LowLevelClient;
  /** What the API key says of itself, unverified; null with a legacy token or none. */
  readonly key: ApiKey | null;

  /** @throws TypeError where the user agent is missing, or an option can't be used */
  constructor(options: PluralKitOptions) {
    const credentials = readCredentials(options.token);
    const transport = new Transport(options, credentials);
    const { systems, members, groups, switches, messages, settings, oEmbed } = createMethods(
      transport,
      credentials.key,
    );
    const owner = `${transport.baseUrl} ${credentials.identity}`;
    this.systems = systems;
    this.members = members;
    this.groups = groups;
    this.switches = {
      ...switches,
      history: (system, options = {}) => walkHistory(switches.list, system, options),
    };
    this.messages = { ...messages, ...createMessageLookup(messages.get, owner, options) };
    this.settings = settings;
    this.oEmbed = oEmbed;
    this.fetch = clientOver(transport);
    this.key = credentials.key;
  }
}
