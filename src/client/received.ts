import { type FailedRequest, ServerError } from './errors.ts';
import type { Redact } from './redact.ts';

/** Cancels an unread body, which frees its connection. */
export function discard({ body }: Response): void {
  body?.cancel().catch(() => undefined);
}

/**
 * Following a redirect would send the token, or the change, to another place.
 *
 * @throws ServerError where the response is a redirect; browsers do not tell where to
 */
export function rejectRedirect(response: Response, request: FailedRequest, redact: Redact): void {
  const { status, type, headers } = response;
  // 304 is a valid response to a conditional request.
  if (type !== 'opaqueredirect' && !/^3(?!04)/.test(`${status}`)) return;
  discard(response);
  const target = redact(headers.get('Location') ?? 'another place');
  throw new ServerError(`The server redirects to ${target}, which is not followed`, { request, status });
}
