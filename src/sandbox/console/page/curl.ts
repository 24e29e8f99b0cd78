export interface ApiRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly authorization: string | null;
  readonly body: string | null;
}

/** The command that makes a request, for a POSIX shell. */
export function curlCommand({ method, url, authorization, body }: ApiRequest): string {
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(url)}`,
    `-H 'User-Agent: my-app/1.0 (me@example.com)'`,
    ...(authorization === null ? [] : [`-H ${quoted(`Authorization: ${authorization}`)}`]),
    ...(body === null ? [] : [`-H 'Content-Type: application/json'`, `--data-raw ${quoted(body)}`]),
  ];
  return parts.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
