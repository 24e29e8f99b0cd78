import type { Clock } from './clock.ts';

/** @returns what sets a clock back: to the same time where it is stopped, else as far from the real time as it was */
export function saveClock(clock: Clock): () => void {
  const { frozen } = clock;
  const time = millisecondsOf(clock);
  const distance = time - Date.now();
  return () => {
    clock.reset();
    if (frozen) clock.freeze(new Date(time));
    else if (Math.abs(distance) > 1) clock.set(new Date(Date.now() + distance));
  };
}

function millisecondsOf(clock: Clock): number {
  return Number(clock.now() / 1_000_000n);
}
