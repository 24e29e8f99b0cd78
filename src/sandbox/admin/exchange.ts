import { parseJsonKeepingDigits } from '../../models/export/parse.ts';

export function done(): Response {
  return new Response(null, { status: 204 });
}

export function errorResponse(status: number, message: string, details: object = {}): Response {
  return Response.json({ message, code: 0, ...details }, { status });
}

/**
 * Reads a body; Discord ids that are numbers keep all of their digits.
 *
 * @throws {SyntaxError} where it is no JSON
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.trim() === '') throw new SyntaxError('it is empty');
  return parseJsonKeepingDigits(text);
}
