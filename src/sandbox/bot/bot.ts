import type { Deliver } from '../dispatch/dispatch.ts';
import type { Read } from '../world/shape.ts';
import { flag, integer, list, object, type Written, withDefault } from '../world/shape.ts';
import { snowflake } from '../world/world.ts';
import {
  accountShape,
  linkAccount,
  linkShape,
  setAccountAutoproxy,
  systemOfAccount,
  unlinkAccount,
} from './accounts.ts';
import {
  deleteMessage,
  type EditedMessage,
  editMessage,
  editShape,
  reproxyMessage,
  reproxyShape,
} from './change-message.ts';
import { type BotContext, requireSystem } from './context.ts';
import { defaultGuildRules } from './discord-state.ts';
import { groupEventShape, sendGroupMembersEvent } from './events.ts';
import { exportSystem } from './export.ts';
import { type ImportOutcome, importFile } from './import.ts';
import { type BotMessage, messageShape, type ProxyOutcome } from './message.ts';
import { sendMessage } from './send-message.ts';
import { deleteSwitches } from './switches.ts';
import {
  newToken,
  type RegisteredWebhook,
  setWebhook,
  testWebhook,
  type WebhookRegistration,
  webhookShape,
} from './webhook.ts';

export const guildShape = object({
  blocked_channels: list(snowflake),
  tag_required: withDefault(flag, defaultGuildRules.tag_required),
  attachment_limit: withDefault(integer(0), defaultGuildRules.attachment_limit),
});

/** The requirements of a guild for messages; omitted ones have their defaults. */
export type GuildSettings = Written<typeof guildShape>;

/** The bot's access to the sandbox. */
export interface BotParts {
  readonly context: () => BotContext;
  readonly deliver: Deliver | undefined;
  /** Keeps changes, and releases their events. */
  readonly keep: () => void;
  /** Reverts changes that are not kept. */
  readonly takeBack: () => void;
  /** @returns what throws where the world was replaced since */
  readonly watch: () => () => void;
}

/**
 * PluralKit's bot on a simulated Discord: how it handles messages, and what only its commands can change.
 *
 * All methods throw a `WorldError` for invalid arguments, and then change nothing. Requests to `/_sandbox/bot/…` do the
 * same.
 */
export class SandboxBot {
  readonly #parts: BotParts;

  /** Taken from `sandbox.bot`. */
  constructor(parts: BotParts) {
    this.#parts = parts;
  }

  /** Writes a message in a channel, and returns whether the bot proxied it, or why not. */
  sendMessage(message: BotMessage): ProxyOutcome {
    return this.#change((context) => sendMessage(context, messageShape.read(message, 'The message')));
  }

  /**
   * Edits a proxied message, as the command of the bot does.
   *
   * @returns undefined where there is no such message
   */
  editMessage(id: string, edit: Read<typeof editShape>): EditedMessage | undefined {
    return this.#change((context) => editMessage(context, id, editShape.read(edit, 'The edit')));
  }

  /**
   * Posts the text of a proxied message as another member, and deletes the message.
   *
   * @param change - the id or UUID of the member
   * @returns undefined where there is no such message
   */
  reproxyMessage(id: string, change: Read<typeof reproxyShape>): ProxyOutcome | undefined {
    return this.#change((context) => reproxyMessage(context, id, reproxyShape.read(change, 'The change')));
  }

  /**
   * Deletes a proxied message in Discord. The API finds it for 15 seconds more. The id of the original does the same
   * within the second after which the bot deletes it.
   *
   * @returns whether there was such a message
   */
  deleteMessage(id: string): boolean {
    return this.#change((context) => deleteMessage(context, id));
  }

  /** Sets the requirements of a guild for messages. */
  configureGuild(guild: string, settings: GuildSettings): void {
    const id = snowflake.readAt(guild, 'guild');
    this.#change(({ discord }) =>
      discord.setRules(id, guildShape.read(settings, 'The settings of the guild')),
    );
  }

  /** Registers a webhook, once its receiver has responded 200 to a PING with the right token and 401 to one with a wrong token. */
  async registerWebhook(registration: WebhookRegistration): Promise<RegisteredWebhook> {
    const { context, deliver, watch } = this.#parts;
    const { system, url } = webhookShape.read(registration, 'The registration');
    const assertCurrent = watch();
    const { uuid } = requireSystem(context(), system);
    const webhook = { system: uuid, url, token: `${newToken()}${newToken()}` };
    await testWebhook(context(), webhook, deliver);
    assertCurrent();
    return this.#change((present) => setWebhook(present, webhook));
  }

  /** Links an account of Discord to a system. */
  linkAccount(link: Read<typeof linkShape>): void {
    this.#change((context) => linkAccount(context, linkShape.read(link, 'The link')));
  }

  /** Unlinks an account from its system. */
  unlinkAccount(account: string): void {
    this.#change((context) => unlinkAccount(context, account));
  }

  /** Sets whether messages of an account are autoproxied. */
  updateAccount(account: string, settings: Read<typeof accountShape>): void {
    this.#change((context) =>
      setAccountAutoproxy(context, account, accountShape.read(settings, 'The settings of the account')),
    );
  }

  /** Deletes all switches of a system. */
  deleteSwitches(system: string): void {
    this.#change((context) => deleteSwitches(context, requireSystem(context, system)));
  }

  /**
   * Gives a system a new token. The old one is invalid from now on.
   *
   * @returns the new token
   */
  refreshToken(system: string): string {
    return this.#change((context) => {
      const token = `${newToken()}${newToken()}`;
      context.store.putSystem({ ...requireSystem(context, system), token });
      return token;
    });
  }

  /**
   * Imports an export of PluralKit or Tupperbox into the system of an account: all of it or nothing.
   *
   * @param file - its text; or the parsed file, of which accounts must have kept their digits
   */
  import(account: string, file: unknown): ImportOutcome {
    return this.#change((context) => importFile(context, systemOfAccount(context, account), file));
  }

  /** Exports a system as the bot does. @returns JSON */
  export(system: string): string {
    const context = this.#parts.context();
    return exportSystem(context.store, requireSystem(context, system));
  }

  /** Sends UPDATE_GROUP_MEMBERS for a group, which is documented, though the real server never sends it. */
  sendGroupMembersEvent(event: Read<typeof groupEventShape>): void {
    this.#change((context) => sendGroupMembersEvent(context, groupEventShape.read(event, 'The event')));
  }

  #change<Result>(change: (context: BotContext) => Result): Result {
    const { context, keep, takeBack } = this.#parts;
    try {
      const result = change(context());
      keep();
      return result;
    } catch (error) {
      takeBack();
      throw error;
    }
  }
}
