/** An object of the same names, with a value made from each. */
export function mapValues<Value, Result>(
  object: Readonly<Record<string, Value>>,
  make: (value: Value, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, make(value, name)]));
}
