import type { Reply } from '../operations/reply.ts';
import { gatewayText } from './responses.ts';

const documentation = 'https://pluralkit.me/api/';

/** Paths of version 1 that the gateway recognizes under `/v2`, as clients send them there by mistake. */
const versionOnePaths = /^\/v2\/(?:[sm](?:\/|$)|(?:a|msg)\/)/;

/** The response to a path that no route has. */
export function replyToUnknownPath(method: string, path: string, withV1: boolean): Reply {
  if (path === '/' && (method === 'GET' || method === 'HEAD')) {
    return { status: 303, headers: { Location: documentation } };
  }
  if (path.startsWith('/v1')) return withV1 ? { status: 404 } : gatewayText(410, 'Unsupported API version');
  if (versionOnePaths.test(path)) return gatewayText(400, 'Invalid path for API version');
  if (path.startsWith('/v2') || path.startsWith('/private')) return { status: 404 };
  return gatewayText(400, 'Unsupported API version');
}
