/** Whether a path is the console's own or one that it asks the sandbox for: not the API's. */
export function isConsolePath(path: string): boolean {
  return path === '/' || /^\/(_sandbox|docs)(\/|$)/.test(path);
}
