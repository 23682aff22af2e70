import { createHash } from 'node:crypto';
import type { ListPosition, RecipeSort } from '../application/recipe-api.ts';
import { InvalidCursorError } from './errors.ts';

/** What a cursor belongs to: it is refused anywhere else. */
export interface CursorOwner {
  readonly reader: string;
  readonly sort: RecipeSort;
  /** Every filter of the list; absent ones may be left out or undefined. Not the limit: a page may have another size. */
  readonly filters: Readonly<Record<string, string | number | readonly string[] | undefined>>;
}

const DIGEST_BYTES = 16;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The opaque text of a place in a list: a digest of the place and of all it belongs to, then the place. The digest finds what was altered or
 * taken elsewhere; it is no secret and guards none, because a place gives access to nothing: every page checks anew what its reader may
 * see.
 */
export function encodeCursor(position: ListPosition, owner: CursorOwner): string {
  const place = JSON.stringify([position.key, position.id]);
  return Buffer.concat([digest(place, owner), Buffer.from(place)]).toString('base64url');
}

/** The place that a cursor stands for. @throws {InvalidCursorError} when it was not made for this owner. */
export function decodeCursor(cursor: string, owner: CursorOwner): ListPosition {
  const bytes = Buffer.from(cursor, 'base64url');
  // Decoding passes over what is not base64url; encoding again shows it.
  if (bytes.length <= DIGEST_BYTES || bytes.toString('base64url') !== cursor) {
    throw new InvalidCursorError();
  }
  const place = bytes.subarray(DIGEST_BYTES).toString();
  if (!digest(place, owner).equals(bytes.subarray(0, DIGEST_BYTES))) {
    throw new InvalidCursorError();
  }
  return parsePlace(place, owner.sort);
}

/** Checks the place as any input: whoever computes a digest may still not reach the database with it. */
function parsePlace(place: string, sort: RecipeSort): ListPosition {
  let parsed: unknown;
  try {
    parsed = JSON.parse(place);
  } catch {
    throw new InvalidCursorError();
  }
  const [key, id]: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
  if (typeof id !== 'string' || !UUID.test(id) || !isKey(key) || !KEY_CHECKS[sort](key)) {
    throw new InvalidCursorError();
  }
  return { key, id };
}

function digest(place: string, { reader, sort, filters }: CursorOwner): Buffer {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  const sorted = given.toSorted(([left], [right]) => (left < right ? -1 : 1));
  const text = JSON.stringify([place, reader, sort, sorted]);
  return createHash('sha256').update(text).digest().subarray(0, DIGEST_BYTES);
}

function isKey(key: unknown): key is string | number {
  return typeof key === 'string' || typeof key === 'number';
}

const KEY_CHECKS: Record<RecipeSort, (key: string | number) => boolean> = {
  createdAt: isInstant,
  '-createdAt': isInstant,
  title: (key) => typeof key === 'string' && key.length <= 200 && key.isWellFormed() && !key.includes('\0'),
  totalMinutes: (key) => Number.isInteger(key) && Math.abs(Number(key)) <= 86_400,
};

/** An instant as `toISOString` writes it; years 0001 to 9999, which PostgreSQL reads alike. */
function isInstant(key: string | number): boolean {
  if (typeof key !== 'string' || !/^\d{4}-/.test(key) || key < '0001') {
    return false;
  }
  const instant = new Date(key);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === key;
}
