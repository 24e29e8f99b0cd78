/**
 * The document while it is still many files, as Redocly hands it to a preprocessor.
 */
import { dirname, relative, resolve as resolvePath } from 'node:path';

export interface SourceObject {
  [key: string]: unknown;
}

/** An object of the document, and the file that its own references start from. */
export interface Located {
  readonly node: SourceObject;
  readonly file: string;
}

/** Resolves a node: the node itself, or the target of its `$ref`. */
export type Resolve = (node: unknown, file: string) => Located;

export interface SourceOperation extends Located {
  /** `patch` */
  readonly method: string;
  /** `/members/{memberRef}`, or the name of a webhook. */
  readonly path: string;
  readonly pathItem: Located;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

export function isObject(value: unknown): value is SourceObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOr(value: unknown): SourceObject {
  return isObject(value) ? value : {};
}

/** The operations of the root's `paths` or `webhooks`, in their order. */
export function sourceOperations(pathItems: unknown, file: string, resolve: Resolve): SourceOperation[] {
  return Object.entries(objectOr(pathItems)).flatMap(([path, value]) => {
    const pathItem = resolve(value, file);
    return methods.flatMap((method) => {
      const node = pathItem.node[method];
      return isObject(node) ? [{ node, file: pathItem.file, method, path, pathItem }] : [];
    });
  });
}

/** A `$ref` from one file to another, with the fragment that the target may end in. */
export function referenceBetween(from: string, to: string): string {
  return relative(dirname(from), to).replaceAll('\\', '/');
}

/** A deep copy of an object, to stand in another file: its references are made to start from there. */
export function copyInto(file: string, { node, file: source }: Located): SourceObject {
  const rebased: unknown = JSON.parse(JSON.stringify(node), (key, value) => {
    if (key !== '$ref' || typeof value !== 'string' || /^[a-z]+:/.test(value)) return value;
    const [path, fragment] = value.split(/(#.*)/s);
    const target = path ? resolvePath(dirname(source), path) : source;
    return `${referenceBetween(file, target)}${fragment ?? ''}`;
  });
  return objectOr(rebased);
}
