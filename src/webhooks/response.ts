/** Why a request is rejected, by the status of the response. The texts tell the sender nothing of the receiver. */
export const errorTexts = {
  400: 'The body is no event',
  401: 'The token is wrong',
  405: 'Only POST is taken',
  413: 'The body is too large',
  500: 'The event could not be handled',
} as const;

export function errorResponse(status: keyof typeof errorTexts): Response {
  return respond(status, errorTexts[status], status === 405 ? { Allow: 'POST' } : {});
}

export function respond(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers } });
}

export function logError(error: unknown): void {
  console.error('PluralKit webhook:', error);
}
