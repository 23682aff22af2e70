import type { JsonObject, JsonValue } from '../contract/contract.ts';

/** True for a mapping: neither null, nor a sequence, nor a scalar. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a sequence. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** An own member of a mapping; never one that every JavaScript object inherits. */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** An own member that is text; `undefined` for anything else. */
export function textMember(value: JsonValue | undefined, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** Whether two JSON values are equal; the order of members does not count. */
export function sameJson(left: JsonValue, right: JsonValue): boolean {
  return sameData(left, right);
}

/** As `sameJson`, for any plain data. */
export function sameData(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const mine: readonly (readonly [string, unknown])[] = Object.entries(left);
  const theirs = new Map<string, unknown>(Object.entries(right));
  return (
    mine.length === theirs.size &&
    mine.every(([key, value]) => theirs.has(key) && sameData(value, theirs.get(key)))
  );
}

/** The JSON pointer (RFC 6901), without the leading `#`, of a member or item of what `pointer` names. */
export function appendToken(pointer: string, token: string | number): string {
  return `${pointer}/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A JSON pointer's tokens, unescaped; the empty pointer has none. */
export function pointerTokens(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A member that is an object; an empty one for anything else. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = member(object, key);
  return isObject(value) ? value : {};
}

/** An object of a document that holds all it refers to, or the one that its `$ref` leads to; an empty one for anything else. */
export function followReference(value: JsonValue | undefined, document: JsonObject): JsonObject {
  if (!isObject(value)) return {};
  const reference = textMember(value, '$ref');
  if (reference === undefined) return value;
  return followReference(pointerTokens(reference.slice(1)).reduce(objectAt, document), document);
}

/** The JSON pointer of the parent; the empty pointer is its own parent. */
export function parentPointer(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}
