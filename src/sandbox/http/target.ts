/** What a listener may tell of a request besides the request itself. */
export interface RequestSource {
  /** Path and query as they came, before dots in them were resolved. */
  readonly target?: string;
  /** Address of the caller. */
  readonly address?: string;
}

/** Path and query of a URL. */
export function targetIn(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('://') + 3));
}

/** The path of a target. */
export function pathIn(target: string): string {
  const end = target.search(/[?#]/);
  return (end === -1 ? target : target.slice(0, end)) || '/';
}

/** The query of a target. */
export function queryIn(target: string): URLSearchParams {
  return new URLSearchParams(/\?([^#]*)/.exec(target)?.[1] ?? '');
}

/** Whether the escapes of a path are UTF-8, and stand for no NUL, which no reference can hold. */
export function isReadable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}
