import { trimEnd } from '../../models/trim-end.ts';

/**
 * True for the addresses that the server takes: absolute https, also in `<…>`, with a host that .NET finds well-formed.
 * Everything after the host is accepted.
 */
export function isHttpsUrl(text: string): boolean {
  const [, authority] = /^https:\/\/([^/?#]*)/is.exec(unwrap(text)) ?? [];
  if (authority === undefined) return false;
  const [, host = '', port = ''] = /^(?:[^@]*@)?(\[[^\]]*\]|[^:@]*)(?::([0-9]*))?$/s.exec(authority) ?? [];
  return Number(port) <= 65_535 && isHost(host);
}

function unwrap(text: string): string {
  const inner = /^<(.*)>$/s.exec(text)?.[1] ?? text;
  return trimEnd(inner.replace(/^[ \t\r\n]+/, ''), ' \t\r\n');
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return URL.canParse(`https://${host}`);
  const labels = host.replace(/\.$/, '').split('.');
  return host.length <= 255 && labels.every((label) => /^(?:[a-z0-9_-]|[^\0-\u00a0]){1,63}$/iu.test(label));
}

/**
 * An address without user and password. Only the parser of URLs knows where they are: `http://a\@b/` has none, and its host is a.
 */
export function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return address.replace(/^[^@]*@/, '');
  const url = new URL(address);
  if (url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  return url.href;
}
