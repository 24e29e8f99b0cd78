import type { ProxyTag } from '../world/world.ts';

/** What Discord knows of a proxied message, and PluralKit does not keep. */
export interface PostedMessage {
  /** As it stands in the channel. */
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

/** What a guild demands of messages. */
export interface GuildRules {
  /** Ids of channels in which nothing is proxied. */
  readonly blocked_channels: readonly string[];
  /** Whether systems need a tag. */
  readonly tag_required: boolean;
  /** The size that an attachment may have, in bytes. */
  readonly attachment_limit: number;
}

/** The name of the latest message of a channel, and whose it is. */
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
 * The part of Discord that the bot sees: texts of messages, and settings of guilds. It is no part of the world, and not
 * kept by a storage.
 */
export class DiscordState {
  readonly #posted: Map<string, PostedMessage>;
  readonly #latest: Map<string, LatestPost>;
  readonly #rules: Map<string, GuildRules>;

  /** The id that was given last. */
  latestId: bigint;

  constructor(original?: DiscordState) {
    this.latestId = original?.latestId ?? 0n;
    this.#posted = new Map(original === undefined ? [] : original.#posted);
    this.#latest = new Map(original === undefined ? [] : original.#latest);
    this.#rules = new Map(original === undefined ? [] : original.#rules);
  }

  rules(guild: string): GuildRules {
    return this.#rules.get(guild) ?? defaultGuildRules;
  }

  setRules(guild: string, rules: GuildRules): void {
    this.#rules.set(guild, rules);
  }

  posted(id: string): PostedMessage | undefined {
    return this.#posted.get(id);
  }

  setPosted(id: string, message: PostedMessage): void {
    this.#posted.set(id, message);
  }

  deletePosted(id: string): void {
    this.#posted.delete(id);
  }

  /** The latest message of a channel; undefined where that is none of the bot's. */
  latest(channel: string): LatestPost | undefined {
    return this.#latest.get(channel);
  }

  setLatest(channel: string, post: LatestPost | undefined): void {
    if (post === undefined) this.#latest.delete(channel);
    else this.#latest.set(channel, post);
  }
}
