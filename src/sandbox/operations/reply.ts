/** What an operation answers. */
export interface Reply {
  readonly status: number;
  /** Content-Type; without one, the answer has no body. */
  readonly type?: string;
  readonly body?: string;
}

/** The type that the API gives where it answers itself; its errors, and the gateway's answers, carry no charset. */
const apiType = 'application/json; charset=utf-8';

export const noContent: Reply = { status: 204 };

/** @param body - JSON as text */
export function okText(body: string): Reply {
  return { status: 200, type: apiType, body };
}

export function ok(body: object): Reply {
  return okText(JSON.stringify(body));
}

/** An answer that comes from the gateway, not from the API behind it. */
export function okFromGateway(body: object): Reply {
  return { status: 200, type: 'application/json', body: JSON.stringify(body) };
}
