/** Methods of HTTP, with some that nothing here serves. */
export const httpMethods = [
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  ...['TRACE', 'CONNECT', 'PROPFIND', 'QUERY'],
] as const;

/** Those that a `Request` takes. */
export const fetchMethods: readonly string[] = httpMethods.filter(
  (method) => method !== 'TRACE' && method !== 'CONNECT',
);
