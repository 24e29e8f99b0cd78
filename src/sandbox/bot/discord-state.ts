import type { History } from '../store/history.ts';
import { Table } from '../store/table.ts';
import type { ProxyTag } from '../world/world.ts';

/** The data of a proxied message that Discord has and PluralKit does not store. */
export interface PostedMessage {
  /** The text in the channel. */
  readonly content: string;
  /** Without proxy tags. */
  readonly text: string;
  /** The tag that matched. */
  readonly tag: ProxyTag | null;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
}

/** The requirements of a guild for messages. */
export interface GuildRules {
  /** Ids of channels in which nothing is proxied. */
  readonly blocked_channels: readonly string[];
  /** Whether systems need a tag. */
  readonly tag_required: boolean;
  /** The size that an attachment may have, in bytes. */
  readonly attachment_limit: number;
}

/** The name and the member of a channel's latest message. */
interface LatestPost {
  readonly name: string;
  /** UUID of the member. */
  readonly member: string;
}

export const defaultGuildRules: GuildRules = {
  blocked_channels: [],
  tag_required: false,
  attachment_limit: 10 * 1024 * 1024,
};

/**
 * The simulated part of Discord: texts of messages, and settings of guilds. It is not part of the world, and no storage
 * keeps it.
 */
export class DiscordState {
  readonly #posted: Table<PostedMessage>;
  readonly #latest: Table<LatestPost>;
  readonly #rules: Table<GuildRules>;
  /** Of one value. */
  readonly #latestId: Table<bigint>;

  /** @param history - of the store that goes with it: both go back together */
  constructor(history: History) {
    this.#posted = new Table(history);
    this.#latest = new Table(history);
    this.#rules = new Table(history);
    this.#latestId = new Table(history);
  }

  /** The latest id. */
  get latestId(): bigint {
    return this.#latestId.get('') ?? 0n;
  }

  set latestId(id: bigint) {
    this.#latestId.put('', id);
  }

  rules(guild: string): GuildRules {
    return this.#rules.get(guild) ?? defaultGuildRules;
  }

  setRules(guild: string, rules: GuildRules): void {
    this.#rules.put(guild, rules);
  }

  posted(id: string): PostedMessage | undefined {
    return this.#posted.get(id);
  }

  setPosted(id: string, message: PostedMessage): void {
    this.#posted.put(id, message);
  }

  deletePosted(id: string): void {
    this.#posted.delete(id);
  }

  /** The latest message of a channel; undefined where that is none of the bot's. */
  latest(channel: string): LatestPost | undefined {
    return this.#latest.get(channel);
  }

  setLatest(channel: string, post: LatestPost | undefined): void {
    this.#latest.set(channel, post);
  }
}
