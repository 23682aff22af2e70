import { openCursor, sealCursor, InvalidCursorError } from '#kernel/contract/cursor.ts';
import type { ListPosition, RecipeSort } from '../application/recipe-api.ts';

/** What a cursor belongs to: it is refused anywhere else. */
export interface CursorOwner {
  readonly reader: string;
  readonly sort: RecipeSort;
  /** Every filter of the list; absent ones may be left out or undefined. Not the limit: a page may have another size. */
  readonly filters: Readonly<Record<string, string | number | readonly string[] | undefined>>;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The opaque text of a place in a list. */
export function encodeCursor(position: ListPosition, owner: CursorOwner): string {
  return sealCursor(JSON.stringify([position.key, position.id]), belonging(owner));
}

/** The place that a cursor stands for. @throws {InvalidCursorError} when it was not made for this owner. */
export function decodeCursor(cursor: string, owner: CursorOwner): ListPosition {
  return parsePlace(openCursor(cursor, belonging(owner)), owner.sort);
}

/** Checks the place as any input: a client that can compute the digest must still not reach the database with it. */
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

function belonging({ reader, sort, filters }: CursorOwner): readonly unknown[] {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return [reader, sort, given.toSorted(([left], [right]) => (left < right ? -1 : 1))];
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
