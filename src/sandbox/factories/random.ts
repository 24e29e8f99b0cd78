import { dateToSnowflake } from '../../models/snowflake.ts';
import { createIdSource } from '../store/ids.ts';

/** Makes up values; with the same seed the same ones in the same order. */
export class Random {
  readonly #source;
  readonly #taken: Set<string>;

  /**
   * @param seed - a whole number
   * @param taken - ids and Discord ids that are in use; those that are made up join them
   */
  constructor(seed: number, taken: Set<string>) {
    this.#source = createIdSource(seed, 6);
    this.#taken = taken;
  }

  shortId(): string {
    return this.#unique(() => this.#source.shortId());
  }

  uuid(): string {
    return this.#source.uuid();
  }

  /** A Discord id of 18 digits. */
  snowflake(): string {
    return this.#unique(
      () => `9${String(this.below(1e8)).padStart(8, '0')}${String(this.below(1e9)).padStart(9, '0')}`,
    );
  }

  /** A Discord id of a message that was sent at this time, in milliseconds since 1970. */
  messageId(time: number): string {
    return this.#unique(() => String(BigInt(dateToSnowflake(new Date(time))) + BigInt(this.below(2 ** 22))));
  }

  /** A whole number from 0 up to, but not including, the limit. */
  below(limit: number): number {
    return Math.floor(this.#source.fraction() * limit);
  }

  /** True this often, from 0 (never) to 1 (always). */
  chance(probability: number): boolean {
    return this.#source.fraction() < probability;
  }

  /** @throws RangeError where there is nothing to pick */
  pick<Item>(items: readonly Item[]): Item {
    const index = this.below(items.length);
    for (const item of items.slice(index, index + 1)) return item;
    throw new RangeError('There is nothing to pick');
  }

  /** Each with this probability, in their order. */
  some<Item>(items: readonly Item[], probability: number): Item[] {
    return items.filter(() => this.chance(probability));
  }

  #unique(make: () => string): string {
    let made = make();
    while (this.#taken.has(made)) made = make();
    this.#taken.add(made);
    return made;
  }
}
