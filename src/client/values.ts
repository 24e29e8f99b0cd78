/** A system: `@me`, an id in any case with or without a dash, a UUID, or a linked Discord account's id. */
export type SystemReference = string | bigint;

/** The id of something on Discord: decimal digits or a bigint, never a number, which would lose digits. */
export type Snowflake = string | bigint;

/** A list that can be awaited, or iterated directly: `for await (const member of pk.members.list('@me'))`. */
export type List<Item> = Promise<Item[]> & AsyncIterable<Item>;
