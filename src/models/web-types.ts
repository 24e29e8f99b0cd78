/*
 * Types that all runtimes have. They are the global ones where a project has DOM or Node types, and otherwise the part
 * that this package uses, so that its declarations compile everywhere.
 */

/** The type of the instances of a global class. */
type Global<Name extends string, Otherwise> = typeof globalThis extends {
  readonly [Key in Name]: { readonly prototype: infer Instance };
}
  ? Instance
  : Otherwise;

/** `AbortSignal` */
export type WebAbortSignal = Global<
  'AbortSignal',
  {
    readonly aborted: boolean;
    readonly reason: unknown;
    addEventListener(type: 'abort', listener: () => void): void;
    removeEventListener(type: 'abort', listener: () => void): void;
  }
>;

/** `Headers` */
export type WebHeaders = Global<'Headers', { get(name: string): string | null; has(name: string): boolean }>;

/** `Request` */
export type WebRequest = Global<
  'Request',
  {
    readonly method: string;
    readonly url: string;
    readonly headers: WebHeaders;
    text(): Promise<string>;
  }
>;

/** `Response` */
export type WebResponse = Global<
  'Response',
  {
    readonly ok: boolean;
    readonly status: number;
    readonly headers: WebHeaders;
    text(): Promise<string>;
    json(): Promise<unknown>;
  }
>;

/** `URL` */
export type WebUrl = Global<'URL', { readonly href: string }>;

/** `CryptoKey` */
export type WebCryptoKey = Global<'CryptoKey', { readonly type: string }>;

/** `RequestInit` */
export type WebRequestInit = typeof globalThis extends {
  readonly Request: new (input: never, init?: infer Init) => unknown;
}
  ? NonNullable<Init>
  : {
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | null;
      readonly signal?: WebAbortSignal | null;
    };
