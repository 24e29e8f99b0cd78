/**
 * Types of a client that is called by path, made from the `paths` of openapi-typescript. They are similar to those of
 * openapi-fetch, but have only the options that a client has, keep the names of models and the comments of their fields,
 * and need no DOM types.
 */
import type { WebHeaders, WebResponse } from './web-types.ts';

/** Calls by path. `Options` are those that each call takes beside what the operation needs. */
export type PathsClient<Paths extends object, Options> = {
  readonly [Method in 'GET' | 'POST' | 'PATCH' | 'DELETE']: PathMethod<Paths, Lowercase<Method>, Options>;
};

type PathMethod<Paths extends object, Method extends string, Options> = <
  Path extends PathsWith<Paths, Method>,
>(
  path: Path,
  ...options: OptionalIfEmpty<PathCall<OperationOf<Paths[Path], Method>> & Options>
) => Promise<PathResult<OperationOf<Paths[Path], Method>>>;

type PathsWith<Paths, Method extends string> = {
  [Path in keyof Paths]: OperationOf<Paths[Path], Method> extends never ? never : Path;
}[keyof Paths];

type OperationOf<Item, Method extends string> = Item extends { readonly [Key in Method]: infer Operation }
  ? Operation
  : never;

/** Fields of a request's header. */
export type HeaderFields =
  | Readonly<Record<string, string>>
  | Iterable<readonly [name: string, value: string]>
  | WebHeaders;

/** The options of a call. */
export type PathCall<Operation> = ParametersOf<Operation> &
  BodyOf<Operation> & {
    /** They go before those that every request has. */
    readonly headers?: HeaderFields | undefined;
  };

type ParametersOf<Operation> = Operation extends { parameters: infer Parameters }
  ? IsOptional<PathAndQuery<Parameters>> extends true
    ? { readonly params?: PathAndQuery<Parameters> | undefined }
    : { readonly params: PathAndQuery<Parameters> }
  : unknown;

type PathAndQuery<Parameters> = Pick<Parameters, keyof Parameters & ('path' | 'query')>;

type BodyOf<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { readonly body: Content[keyof Content] }
  : unknown;

type IsOptional<Options> = Record<never, never> extends Options ? true : false;

type OptionalIfEmpty<Options> =
  IsOptional<Options> extends true ? [options?: Options | undefined] : [options: Options];

/** The response: `data` where it is a success, else `error`. */
export type PathResult<Operation> = Operation extends { responses: infer Responses }
  ?
      | {
          readonly data: ContentOf<Responses, '2'>;
          readonly error?: undefined;
          readonly response: WebResponse;
        }
      | {
          readonly data?: undefined;
          readonly error: ContentOf<Responses, '4' | '5'>;
          readonly response: WebResponse;
        }
  : never;

/** The contents of all responses whose statuses begin with a digit. */
type ContentOf<Responses, Digit extends string> = {
  [Status in keyof Responses]: `${Status & number}` extends `${Digit}${string}`
    ? Responses[Status] extends { content: infer Content }
      ? Content[keyof Content]
      : undefined
    : never;
}[keyof Responses];
