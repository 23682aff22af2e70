import type { SchemaDump, SchemaObject } from './schema-dump.ts';

/** How two databases differ in one object. */
export interface SchemaDifference {
  readonly kind: string;
  readonly name: string;
  readonly schema: string | null;
  /** Null when only the right one has it. */
  readonly left: string | null;
  /** Null when only the left one has it. */
  readonly right: string | null;
}

/**
 * What differs between two databases, by kind and name. What goes with a missing object, as columns with a table, is not listed
 * beside it.
 */
export function compareDumps(left: SchemaDump, right: SchemaDump): readonly SchemaDifference[] {
  const differences: SchemaDifference[] = [];
  const gone = missingNames(left, right);
  const added = missingNames(right, left);
  for (const [key, object] of left) {
    const other = right.get(key);
    if (other === undefined ? !goesWith(object, gone) : other.definition !== object.definition) {
      differences.push(difference(object, object.definition, other?.definition ?? null));
    }
  }
  for (const [key, object] of right) {
    if (!left.has(key) && !goesWith(object, added)) {
      differences.push(difference(object, null, object.definition));
    }
  }
  return differences.toSorted((a, b) => compare(a.name, b.name) || compare(a.kind, b.kind));
}

function missingNames(from: SchemaDump, dump: SchemaDump): ReadonlySet<string> {
  return new Set([...from].flatMap(([key, { name }]) => (dump.has(key) ? [] : [name])));
}

function goesWith({ parent }: SchemaObject, missing: ReadonlySet<string>): boolean {
  return parent !== null && missing.has(parent);
}

function difference(object: SchemaObject, left: string | null, right: string | null): SchemaDifference {
  return { kind: object.kind, name: object.name, schema: object.schema, left, right };
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/**
 * One sentence: `table column ticket.tickets.title: is … in the database, and … after the migrations`.
 *
 * @param sides what the left and the right database are called: `in the database`.
 */
export function formatDifference(
  { kind, name, left, right }: Omit<SchemaDifference, 'schema'>,
  sides: { readonly left: string; readonly right: string },
): string {
  const what = `${kind} ${name}`;
  if (left === null) {
    return `${what}: is there ${sides.right} and not ${sides.left}`;
  }
  return right === null
    ? `${what}: is there ${sides.left} and not ${sides.right}`
    : `${what}: is ${show(left, right)} ${sides.left} and ${show(right, left)} ${sides.right}`;
}

/** A table without options, a schema of the usual owner: there is nothing to say of it. */
function show(text: string, other: string): string {
  return text === '' ? 'plain' : `\`${shorten(text, other)}\``;
}

const SHOWN = 160;

/** The part where a definition differs from the other: of a long one only what is around there. */
function shorten(text: string, other: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  if (flat.length <= SHOWN) {
    return flat;
  }
  const against = other.replaceAll(/\s+/g, ' ').trim();
  let start = 0;
  while (start < flat.length && flat[start] === against[start]) {
    start += 1;
  }
  start = Math.max(0, start - SHOWN / 4);
  const part = flat.slice(start, start + SHOWN);
  return `${start > 0 ? '… ' : ''}${part}${start + SHOWN < flat.length ? ' …' : ''}`;
}
