import { badRequest } from '../operations/errors.ts';
import { isJsonList, isJsonObject, JsonNumber, type JsonObject, type JsonToken } from './token.ts';

/*
 * The server takes a JSON value of one type where another is meant, as far as .NET can convert it. What it cannot
 * convert is a bad request here; the server itself crashes on some of those.
 */

const smallestLong = -(2n ** 63n);
const largestLong = 2n ** 63n - 1n;
const smallestInteger = -(2 ** 31);
const largestInteger = 2 ** 31 - 1;

/** @throws {ApiError} 400 for lists, objects and integers beyond 64 bits */
export function toText(token: JsonToken): string | null {
  if (token === null || typeof token === 'string') return token;
  if (typeof token === 'boolean') return token ? 'True' : 'False';
  if (token instanceof JsonNumber) return numberText(token.value);
  throw badRequest();
}

/**
 * The items of a list where the body is read into a model that says they are texts: numbers and truth values stand as
 * they were written, null counts as empty.
 *
 * @throws {ApiError} 400 for anything but a list, and for lists and objects within
 */
export function toWrittenTexts(token: JsonToken): readonly string[] {
  return toList(token).map((item) => {
    if (item instanceof JsonNumber) return item.source;
    return typeof item === 'boolean' ? String(item) : (toText(item) ?? '');
  });
}

/** @throws {ApiError} 400 for null, for what names no truth value, and for integers beyond 64 bits */
export function toBoolean(token: JsonToken): boolean {
  if (typeof token === 'boolean') return token;
  if (token instanceof JsonNumber) {
    return Number(typeof token.value === 'bigint' ? requireLong(token.value) : token.value) !== 0;
  }
  if (typeof token === 'string') {
    const word = token.trim().toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
  }
  throw badRequest();
}

/** @throws {ApiError} 400 for what is no 32-bit integer, even rounded */
export function toInteger(token: JsonToken): number {
  const value = integerOf(token);
  if (Number.isNaN(value) || value < smallestInteger || value > largestInteger) throw badRequest();
  return value;
}

/** @throws {ApiError} 400 for anything but an object */
export function toObject(token: JsonToken): JsonObject {
  if (!isJsonObject(token)) throw badRequest();
  return token;
}

/** @throws {ApiError} 400 for anything but a list */
export function toList(token: JsonToken): readonly JsonToken[] {
  if (!isJsonList(token)) throw badRequest();
  return token;
}

function integerOf(token: JsonToken): number {
  if (typeof token === 'boolean') return token ? 1 : 0;
  if (typeof token === 'string') return /^\s*[-+]?[0-9]+\s*$/.test(token) ? Number(token) : Number.NaN;
  if (!(token instanceof JsonNumber)) return Number.NaN;
  return typeof token.value === 'bigint' ? Number(token.value) : roundToEven(token.value);
}

function roundToEven(value: number): number {
  const rounded = Math.round(value);
  const isTie = Math.abs(value % 1) === 0.5;
  return isTie && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function numberText(value: bigint | number): string {
  return typeof value === 'number' ? floatText(value) : requireLong(value).toString();
}

/** .NET converts no larger integer. */
function requireLong(value: bigint): bigint {
  if (value < smallestLong || value > largestLong) throw badRequest();
  return value;
}

/** As .NET writes it: with an exponent from 15 up and from -5 down, in two digits at least. */
function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (!Number.isFinite(value) || value === 0 || (exponent > -5 && exponent < 15)) return String(value);
  return `${digits}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
