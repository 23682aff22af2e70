import type { JsonValue } from '../contract/contract.ts';
import type { SourcePointer } from '../../diagnostics/diagnostic.ts';
import { appendToken, isArray, isObject, parentPointer, pointerTokens } from './json-value.ts';
import type { SourceDocument } from './source-document.ts';

/** A node of a document together with where it stands. */
export interface Cursor {
  readonly document: SourceDocument;
  /** JSON pointer in the document. */
  readonly pointer: string;
  readonly value: JsonValue;
}

/** The whole document as a cursor. */
export function rootCursor(document: SourceDocument): Cursor {
  return { document, pointer: '', value: document.value };
}

/** A member of a mapping or an item of a sequence; `undefined` when there is none. */
export function child(cursor: Cursor, token: string | number): Cursor | undefined {
  const { value } = cursor;
  const found = isArray(value)
    ? value[Number(token)]
    : isObject(value) && Object.hasOwn(value, token)
      ? value[token]
      : undefined;
  if (found === undefined) return undefined;
  return { document: cursor.document, pointer: appendToken(cursor.pointer, token), value: found };
}

/** Several steps of `child`. */
export function descend(cursor: Cursor, ...tokens: readonly (string | number)[]): Cursor | undefined {
  let at: Cursor | undefined = cursor;
  for (const token of tokens) {
    if (at === undefined) return undefined;
    at = child(at, token);
  }
  return at;
}

/** Members of a mapping in document order, as `[key, cursor]`; empty for anything else. */
export function members(cursor: Cursor | undefined): readonly (readonly [string, Cursor])[] {
  if (cursor === undefined || !isObject(cursor.value)) return [];
  return Object.entries(cursor.value).map(([key, value]) => [
    key,
    { document: cursor.document, pointer: appendToken(cursor.pointer, key), value },
  ]);
}

/** Items of a sequence; empty for anything else. */
export function items(cursor: Cursor | undefined): readonly Cursor[] {
  if (cursor === undefined || !isArray(cursor.value)) return [];
  return cursor.value.map((value, index) => ({
    document: cursor.document,
    pointer: appendToken(cursor.pointer, index),
    value,
  }));
}

/** The place of a node among all sources, as one text: what tells it from every other node. */
export function placeOf({ document, pointer }: Cursor): string {
  return `${document.file}#${pointer}`;
}

/**
 * Where a node stands: the key of a mapping or sequence, the value of a scalar. A node that the source does not have
 * (made while reading it) stands where its nearest ancestor does.
 */
export function locate(cursor: Cursor): SourcePointer {
  return locatePointer(cursor.document, cursor.pointer);
}

/** Where the key of a node stands; for an item of a sequence, the item. */
export function locateKey(cursor: Cursor): SourcePointer {
  const { document, pointer } = cursor;
  const place = document.places.byPointer.get(pointer);
  if (place === undefined) return locate(cursor);
  return { file: document.file, ...document.places.position(place.key), pointer };
}

/** As `locate`, by pointer. */
export function locatePointer(document: SourceDocument, pointer: string): SourcePointer {
  const { byPointer, position } = document.places;
  let known = pointer;
  while (!byPointer.has(known) && known !== '') known = parentPointer(known);
  const place = byPointer.get(known) ?? { key: 0, value: 0 };
  const scalar = known === pointer && isScalarAt(document, pointer);
  return { file: document.file, ...position(scalar ? place.value : place.key), pointer };
}

function isScalarAt(document: SourceDocument, pointer: string): boolean {
  let value: JsonValue | undefined = document.value;
  for (const key of pointerTokens(pointer)) {
    value = isArray(value)
      ? value[Number(key)]
      : isObject(value) && Object.hasOwn(value, key)
        ? value[key]
        : undefined;
  }
  return value !== undefined && !isObject(value) && !isArray(value);
}
