import { announce } from './announce.ts';
import type { ApiRequest } from './curl.ts';
import { element } from './element.ts';
import { headerTable } from './header-table.ts';
import { bodyView } from './json-view.ts';
import { statusText } from './status-text.ts';

/** Sends a request and shows the response. */
export async function responseView({ method, url, authorization, body }: ApiRequest): Promise<HTMLElement[]> {
  const start = performance.now();
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      body,
      credentials: 'omit',
      cache: 'no-store',
      headers: {
        ...(authorization !== null && { Authorization: authorization }),
        ...(body !== null && { 'Content-Type': 'application/json' }),
      },
    });
    text = await response.text();
  } catch (error) {
    return [problemView(error)];
  }
  const duration = Math.max(1, Math.round(performance.now() - start));
  const words = statusText(response.status);
  announce(`Response: ${words}`);
  return [
    element(
      'p',
      {},
      element('strong', { class: `status status-${Math.floor(response.status / 100)}` }, words),
      ` in ${duration} ms`,
    ),
    ...rateLimitView(response.headers),
    text === ''
      ? element('p', { class: 'muted' }, 'The response has no body.')
      : bodyView(text, 'Body of the response'),
    element(
      'details',
      {},
      element('summary', {}, 'Headers of the response'),
      headerTable([...response.headers], 'Headers of the response'),
    ),
  ];
}

function rateLimitView(headers: Headers): HTMLElement[] {
  const [limit, remaining, scope] = ['Limit', 'Remaining', 'Scope'].map((name) =>
    headers.get(`X-RateLimit-${name}`),
  );
  if (limit == null) return [];
  return [element('p', { class: 'muted' }, `Rate limit ${scope}: ${remaining} of ${limit} left`)];
}

function reasonOf(error: unknown): string {
  // Thrown where a token holds characters that no header can carry.
  if (error instanceof TypeError && /headers/i.test(error.message))
    return 'The browser cannot send this token: a header holds plain characters only.';
  // Network errors are TypeErrors.
  if (error instanceof Error && !(error instanceof TypeError)) return error.message;
  return 'No response came: the connection was dropped, or the sandbox does not run any more.';
}

function problemView(error: unknown): HTMLElement {
  return element('p', { class: 'problem', role: 'alert' }, reasonOf(error));
}
