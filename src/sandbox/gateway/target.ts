/** What a listener may tell of a request besides the request itself. */
export interface RequestSource {
  /** Path and query as they came, before dots in them were resolved. */
  readonly target?: string;
  /** Address of the caller. */
  readonly address?: string;
}

/** Path and query as they were sent, where that is known. */
export function targetOf(request: Request, source: RequestSource | undefined): string {
  return source?.target ?? request.url.slice(request.url.indexOf('/', request.url.indexOf('://') + 3));
}

export function pathOf(request: Request, source: RequestSource | undefined): string {
  return /^[^?#]*/.exec(targetOf(request, source))?.[0] || '/';
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
