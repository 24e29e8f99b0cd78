/** @throws TypeError with the message where something that the caller gave does not hold */
export function check(holds: unknown, message: string): asserts holds {
  if (!holds) throw new TypeError(message);
}
