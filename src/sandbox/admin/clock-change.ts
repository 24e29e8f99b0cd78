import { type Instant, parseInstant } from '../formats/instant.ts';
import { type Clock, isClockTime } from '../time/clock.ts';
import { WorldError } from '../world/problems.ts';
import { flag, nullable, number, object, passing, type Read, text, withDefault } from '../world/shape.ts';

const time = text('a timestamp such as 2030-01-02T03:04:05Z, of the years 1 to 9999', (value) => {
  const instant = parseInstant(value);
  return instant !== undefined && isClockTime(millisecondsOf(instant));
});
const century = 100 * 366 * 24 * 60 * 60 * 1000;

/** A change of the clock; its steps are applied in this order. */
const steps = object({
  /** Shows the real time again. */
  reset: withDefault(flag, false),
  /** True stops the clock; false lets it go on, after the other steps. */
  freeze: nullable(flag),
  /** Sets the time. */
  set: nullable(time),
  /** Moves the clock by milliseconds, forwards or backwards. */
  advance: nullable(number(-century, century, ' of milliseconds')),
});
export const clockShape = passing(
  steps,
  'changes nothing: give it set, advance, freeze or reset',
  ({ reset, ...others }) => reset || Object.values(others).some((step) => step !== null),
);

/**
 * Applies all given steps, or none.
 *
 * @throws {WorldError} where they lead out of the years 1 to 9999
 */
export function changeClock(clock: Clock, { reset, set, advance, freeze }: Read<typeof clockShape>): void {
  const start = set === null ? (reset ? Date.now() : millisecondsOf(clock.now())) : readTime(set);
  if (advance !== null && !isClockTime(start + advance)) {
    throw new WorldError('advance', 'must not lead out of the years 1 to 9999');
  }
  if (reset) clock.reset();
  if (freeze === true) clock.freeze();
  if (set !== null) clock.set(new Date(readTime(set)));
  if (advance !== null) clock.advance(advance);
  if (freeze === false) clock.resume();
}

function readTime(timestamp: string): number {
  return millisecondsOf(parseInstant(timestamp) ?? 0n);
}

function millisecondsOf(instant: Instant): number {
  return Number(instant / 1_000_000n);
}
