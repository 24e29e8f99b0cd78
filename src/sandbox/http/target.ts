/** Facts of a request that a listener may add. */
export interface RequestSource {
  /** Path and query, unchanged, before dots in them are resolved. */
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

/** Whether the escapes of a path are UTF-8 without NUL. */
export function isReadable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}
