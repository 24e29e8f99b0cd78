import { assertHandler } from './assert-handler.ts';
import type { WebhookHandler } from './handler.ts';
import { errorResponse, logError } from './response.ts';

/** The part of an event of AWS Lambda that is needed: of a function URL, API Gateway (1.0 and 2.0), or a load balancer. */
export interface LambdaEvent {
  /** Format 2.0, which function URLs use as well. */
  readonly requestContext?: { readonly http?: { readonly method?: string } };
  /** Format 1.0, and load balancers. */
  readonly httpMethod?: string;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** The response that each of them accepts. */
export interface LambdaResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** A handler with the signature of AWS Lambda. It never rejects. */
export type LambdaWebhookHandler = (event: LambdaEvent) => Promise<LambdaResult>;

/**
 * Makes a handler for AWS Lambda behind a function URL, API Gateway or a load balancer:
 * `export const handler = toLambdaHandler(handle)`.
 *
 * Nothing runs on Lambda once the response is there, so it always responds after the handlers, whatever `respond` says.
 *
 * @param handle - from `createWebhookHandler`; should it reject, the error is logged and the response is 500
 */
export function toLambdaHandler(handle: WebhookHandler): LambdaWebhookHandler {
  assertHandler(handle);
  return async (event) => {
    try {
      const method = event.requestContext?.http?.method ?? event.httpMethod;
      if (method !== 'POST') return await toResult(errorResponse(405));
      const request = new Request('http://localhost/', { method, body: bodyOf(event) });
      return await toResult(await handle(request, { respond: 'last' }));
    } catch (error) {
      logError(error);
      return toResult(errorResponse(500));
    }
  };
}

function bodyOf({ body, isBase64Encoded }: LambdaEvent): string | Uint8Array<ArrayBuffer> {
  if (typeof body !== 'string') return '';
  if (!isBase64Encoded) return body;
  try {
    return Uint8Array.from(atob(body), (byte) => byte.charCodeAt(0));
  } catch {
    return ''; // no base64, so no event
  }
}

async function toResult(response: Response): Promise<LambdaResult> {
  const headers = Object.fromEntries(response.headers);
  return { statusCode: response.status, headers, body: await response.text(), isBase64Encoded: false };
}
