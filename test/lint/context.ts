/** What a rule is told about the place that it looks at. */
export function contextAt(path: (string | number)[], document: unknown = {}) {
  return { path, documentInventory: { resolved: document } };
}

/** The messages of what a rule has found. */
export function messages(faults: readonly { readonly message: string }[]): string[] {
  return faults.map(({ message }) => message);
}
