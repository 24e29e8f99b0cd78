import { didYouMean } from '../../models/nearest.ts';
import { shorten } from '../../models/shorten.ts';

/** More would take seconds to compare. */
const mostCompared = 1_000;

/** The problem of a reference that leads nowhere: `names no system: harbr; did you mean “harbor”?` */
export function namesNo(kind: string, reference: string, known: Iterable<string>): string {
  return `names no ${kind}: ${nearReference(reference, known)}`;
}

/** A reference, with a hint where a known one is similar. */
export function nearReference(reference: string, known: Iterable<string>): string {
  // Names that are missing in a wrong world are empty.
  const named = [...known].slice(0, mostCompared).filter((name) => name !== '');
  return `${shorten(reference)}${didYouMean(reference, named)}`;
}

/** What things are named by. */
export function idsOf(things: Iterable<{ readonly id: string }>): readonly string[] {
  return Array.from(things, ({ id }) => id);
}
