import { parseInstant } from '../formats/instant.ts';
import type { Clock } from '../time/clock.ts';
import { flag, nullable, number, object, type Read, text, withDefault } from '../world/shape.ts';

const time = text('a timestamp such as 2030-01-02T03:04:05Z', (value) => parseInstant(value) !== undefined);
const century = 100 * 366 * 24 * 60 * 60 * 1000;

/** What to do to the clock; steps are taken in this order. */
export const clockShape = object({
  /** Shows the real time again. */
  reset: withDefault(flag, false),
  /** True stops the clock; false lets it go on, after the other steps. */
  freeze: nullable(flag),
  /** Sets the time. */
  set: nullable(time),
  /** Moves the clock by milliseconds, forwards or backwards. */
  advance: nullable(number(-century, century)),
});

/** Takes the steps that are given. */
export function changeClock(clock: Clock, { reset, set, advance, freeze }: Read<typeof clockShape>): void {
  if (reset) clock.reset();
  if (freeze === true) clock.freeze();
  if (set !== null) clock.set(new Date(Number((parseInstant(set) ?? 0n) / 1_000_000n)));
  if (advance !== null) clock.advance(advance);
  if (freeze === false) clock.resume();
}
