import { types as pgTypes } from 'pg';

/** Turns PostgreSQL's text form of a value into a JavaScript value. */
export type ValueParser = (text: string) => unknown;

/** Type ids that never change. Source: PostgreSQL, `src/include/catalog/pg_type.dat`. */
const OID = {
  int8: 20,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  timetz: 1266,
  numeric: 1700,
} as const;

const ARRAY_OID = {
  text: 1009,
  int8: 1016,
  timestamp: 1115,
  date: 1182,
  time: 1183,
  timestamptz: 1185,
  interval: 1187,
  numeric: 1231,
  timetz: 1270,
} as const;

/** Arrays that pg leaves as one text, of types whose values stay text: names, search types, ranges and multiranges. */
const TEXT_ARRAY_OIDS = [
  775, 1003, 3643, 3645, 3905, 3907, 3909, 3911, 3913, 3927, 6150, 6151, 6152, 6153, 6155, 6157,
] as const;

const asText: ValueParser = (text) => text;
/** pg types its ids as an enum of the scalar ones; any id is an id. */
const getPgParser: (oid: number, format: 'text' | 'binary') => ValueParser = pgTypes.getTypeParser;
const textArrayParser = getPgParser(ARRAY_OID.text, 'text');

/** Elements of an array of any type, as their text; arrays again where it has several dimensions. */
function parseTextArray(text: string): unknown[] {
  const elements = textArrayParser(text);
  return Array.isArray(elements) ? elements : [];
}

/** int8 as a number; `count(*)` is one. @throws {RangeError} beyond 2^53 - 1, where a number would be another number. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('An int8 beyond 2^53 - 1 came from the database; select it as text.');
  }
  return value;
}

/**
 * timestamptz as RFC 3339 in UTC with six fraction digits, `2026-01-31T09:30:00.123456Z`: JavaScript's Date has
 * milliseconds only, and two instants that differ in microseconds would compare as equal. Texts sort as instants do.
 * `infinity` and years outside 0001 to 9999 stay as PostgreSQL writes them.
 */
export function parseTimestamptz(text: string): string {
  // As sessions in UTC write it, and ours are: a list has dozens, and the expression below costs more than the rest of their way.
  if (text.endsWith('+00') && text[4] === '-' && text[10] === ' ') {
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(6, '0')}Z`;
  }
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?([+-]\d\d)(?::(\d\d))?$/.exec(text);
  if (match === null) {
    return text;
  }
  const [, date = '', time = '', fraction = '', hours = '', minutes = '00'] = match;
  const micros = fraction.padEnd(6, '0');
  if (Number(hours) === 0 && minutes === '00') {
    return `${date}T${time}.${micros}Z`;
  }
  const inUtc = new Date(`${date}T${time}${hours}:${minutes}`).toISOString();
  // In UTC it can be the year before 0001 or after 9999.
  return /^(?!0000)\d{4}-/.test(inUtc) ? `${inUtc.slice(0, 19)}.${micros}Z` : text;
}

/** timestamp without time zone: as timestamptz, but without a `Z`, for it is no instant. */
export function parseTimestamp(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?$/.exec(text);
  return match === null ? text : `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}`;
}

/**
 * Parsers by type id, where pg's own would lose something: dates become local midnights, times Dates, numerics of an
 * array floats, and some arrays stay text. `type-mapping.ts` of the query generator states the same as TypeScript types.
 */
export const VALUE_PARSERS: ReadonlyMap<number, ValueParser> = new Map<number, ValueParser>([
  [OID.int8, parseInt8],
  [OID.date, asText],
  [OID.time, asText],
  [OID.timetz, asText],
  [OID.interval, asText],
  [OID.numeric, asText],
  [OID.timestamp, parseTimestamp],
  [OID.timestamptz, parseTimestamptz],
  [ARRAY_OID.int8, arrayOf(parseInt8)],
  [ARRAY_OID.date, parseTextArray],
  [ARRAY_OID.time, parseTextArray],
  [ARRAY_OID.timetz, parseTextArray],
  [ARRAY_OID.interval, parseTextArray],
  [ARRAY_OID.numeric, parseTextArray],
  [ARRAY_OID.timestamp, arrayOf(parseTimestamp)],
  [ARRAY_OID.timestamptz, arrayOf(parseTimestamptz)],
  ...TEXT_ARRAY_OIDS.map((oid) => [oid, parseTextArray] as const),
]);

function arrayOf(parse: (text: string) => unknown): ValueParser {
  const parseElement = (element: unknown): unknown => {
    if (Array.isArray(element)) {
      return element.map((inner) => parseElement(inner));
    }
    return typeof element === 'string' ? parse(element) : null;
  };
  return (text) => parseTextArray(text).map((element) => parseElement(element));
}

/** Array types that a migration made, each with the type of its elements; a domain's is what the domain is made of. */
const LEARN_ARRAYS = `
WITH RECURSIVE step AS (
  SELECT oid, typelem AS element FROM pg_catalog.pg_type WHERE typcategory = 'A' AND typelem <> 0 AND oid >= 16384
  UNION ALL
  SELECT step.oid, type.typbasetype FROM step JOIN pg_catalog.pg_type AS type ON type.oid = step.element
  WHERE type.typtype = 'd'
)
SELECT step.oid::text AS oid, step.element::text AS element
FROM step JOIN pg_catalog.pg_type AS type ON type.oid = step.element
WHERE type.typtype <> 'd'`;

/**
 * Parsers of one pool: the fixed ones, and arrays of types that a migration made (enums, domains), whose ids differ
 * from database to database and are learnt from it. Without the latter such an array arrives as `'{a,b}'`.
 */
export class PoolTypes {
  readonly #arrays = new Map<number, ValueParser>();

  /** Reads the ids of array types that are not PostgreSQL's own. */
  async learn(client: {
    query(text: string): Promise<{ rows: { oid: string; element: string }[] }>;
  }): Promise<void> {
    const found = await client.query(LEARN_ARRAYS);
    for (const { oid, element } of found.rows) {
      this.#arrays.set(Number(oid), arrayOf(fixedParser(Number(element), 'text')));
    }
  }

  /** pg's hook: the parser of a type. */
  readonly getTypeParser = (oid: number, format?: 'text' | 'binary'): ValueParser =>
    this.#arrays.get(oid) ?? fixedParser(oid, format ?? 'text');
}

function fixedParser(oid: number, format: 'text' | 'binary'): ValueParser {
  return VALUE_PARSERS.get(oid) ?? getPgParser(oid, format);
}
