/** What the page sends to its worker for each request. */
export interface SentRequest {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

/** What the worker sends back. */
export type SentResponse =
  | {
      readonly id: number;
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
    }
  | { readonly id: number; readonly error: string };
