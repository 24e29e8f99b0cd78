import { upstreamCommit } from '../../../generated/v2/operations.ts';
import type { Reply } from '../operations/reply.ts';

export type Headers = Readonly<Record<string, string>>;

const rateLimitHeaders = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-RateLimit-Scope',
];

/** On every response, of the gateway and of the API. */
const corsHeaders: Headers = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': '*',
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': 'Content-Type, Authorization, sentry-trace, User-Agent',
  'Access-Control-Expose-Headers': ['X-PluralKit-Version', ...rateLimitHeaders].join(', '),
  'Access-Control-Max-Age': '86400',
};

/** The commit that this project describes, in the server's form of 40 digits; only the first eight are known here. */
const version = upstreamCommit.padEnd(40, '0');

/** Of responses that the API returns; errors that it throws lack the header. */
export const apiHeaders: Headers = { 'X-PluralKit-Version': version };

/**
 * All headers of a response.
 *
 * @param headers - those that the gateway adds to this one
 */
export function headersOf({ type, headers: own }: Reply, headers?: Headers): Headers {
  return { ...corsHeaders, ...headers, ...own, ...(type !== undefined && { 'Content-Type': type }) };
}
