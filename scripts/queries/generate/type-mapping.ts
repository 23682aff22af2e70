import type { MappableType, TypeMapping, TypeName } from './pgtyped.ts';

/**
 * PostgreSQL types to the TypeScript types of what `kernel/database/value-parsers.ts` gives, and of what pg sends
 * without loss. A type that is not here has no agreed form, and a query that uses it is rejected.
 */
const TEXT: TypeName = { name: 'string' };
const NUMBER: TypeName = { name: 'number' };
const BOOLEAN: TypeName = { name: 'boolean' };
const BYTES: TypeName = { name: 'Buffer' };
const INSTANT: TypeName = { name: 'DateOrString', definition: 'Date | string' };
const JSON_VALUE: TypeName = {
  name: 'Json',
  definition: 'null | boolean | number | string | Json[] | { [key: string]: Json }',
};

const both = (type: TypeName): TypeMapping[string] => ({ parameter: type, return: type });

export const TYPE_MAPPING: TypeMapping = {
  bool: both(BOOLEAN),
  int2: both(NUMBER),
  int4: both(NUMBER),
  int8: both(NUMBER),
  float4: both(NUMBER),
  float8: both(NUMBER),
  numeric: both(TEXT),
  uuid: both(TEXT),
  text: both(TEXT),
  varchar: both(TEXT),
  bpchar: both(TEXT),
  citext: both(TEXT),
  name: both(TEXT),
  date: both(TEXT),
  time: both(TEXT),
  timetz: both(TEXT),
  timestamp: both(TEXT),
  timestamptz: { parameter: INSTANT, return: TEXT },
  interval: both(TEXT),
  inet: both(TEXT),
  cidr: both(TEXT),
  macaddr: both(TEXT),
  macaddr8: both(TEXT),
  tsvector: both(TEXT),
  tsquery: both(TEXT),
  // Every range and multirange, in PostgreSQL's canonical text: `[1,5)`.
  range: both(TEXT),
  // A parameter is JSON text: pg would send a JavaScript array as a PostgreSQL array, which is no JSON.
  json: { parameter: TEXT, return: JSON_VALUE },
  jsonb: { parameter: TEXT, return: JSON_VALUE },
  bytea: both(BYTES),
  // What a function without a result gives: the empty text.
  void: both(TEXT),
};

/** Why a type cannot be used, as the end of a sentence; undefined when it can. */
export function typeProblem(type: MappableType): string | undefined {
  if (typeof type === 'string') {
    const element = type.startsWith('_') ? type.slice(1) : type;
    return Object.hasOwn(TYPE_MAPPING, element)
      ? undefined
      : `has type ${type}, which has no TypeScript form; cast it, for instance to text`;
  }
  const named = 'elementType' in type ? type.elementType : type;
  const values = ('enumValues' in named ? named.enumValues : undefined) ?? [];
  if ('enumValues' in named && values.length === 0) {
    return `has type ${named.name}, an enumeration without values; cast it to text`;
  }
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(named.name)) {
    return `has type "${named.name}", whose name is no TypeScript name; cast it to text`;
  }
  const odd = values.find((value) => /['\\\n\r\u2028\u2029]/.test(value));
  return odd === undefined
    ? undefined
    : `has type ${named.name} with the value "${odd}", which cannot be quoted; cast it to text`;
}
