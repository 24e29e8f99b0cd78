/** The response of an operation. */
export interface Reply {
  readonly status: number;
  /** Content-Type; without one, the response has no body. */
  readonly type?: string;
  /** Large bodies that are sent repeatedly are bytes, as encoding a text takes longer than everything else. */
  readonly body?: string | Bytes;
  /** Headers of this response alone. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Of a buffer that is not shared; written so that compilers before 5.7 take it. */
export type Bytes = Uint8Array & { readonly buffer: ArrayBuffer };

/** The type of the API's own responses; its errors, and the gateway's responses, carry no charset. */
const apiType = 'application/json; charset=utf-8';

export const noContent: Reply = { status: 204 };

/** @param body - JSON as text, or as bytes */
export function okText(body: string | Bytes): Reply {
  return { status: 200, type: apiType, body };
}

export function ok(body: object): Reply {
  return okText(JSON.stringify(body));
}

/** A response that comes from the gateway, not from the API behind it. */
export function okFromGateway(body: object): Reply {
  return { status: 200, type: 'application/json', body: JSON.stringify(body) };
}
