import {
  anything,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  integer,
  jsonValue,
  oneof,
  record,
  string,
  stringMatching,
  tuple,
  uint8Array,
  uuid,
  date,
  type Arbitrary,
} from 'fast-check';
import {
  arrayAt,
  isJsonObject,
  objectAt,
  type JsonDocument,
  type JsonObject,
} from '#kernel/contract/validation/json-document.ts';
import { nastyText, nastyValue } from './nasty.ts';
import { codePoint } from '../kit/code-point.ts';

/** How values are made. */
export interface SchemaArbitraryOptions {
  /** Per cent of the places of a value where something else stands than the schema wants. */
  readonly noise: number;
}

/** Optional members are left out below this: schemas may contain themselves. */
const MAX_DEPTH = 4;
/** Longer texts and lists than this cost time and find nothing that shorter ones do not. */
const MAX_LENGTH = 300;
const MAX_ITEMS = 6;

/** Values of a schema, and with `noise` values that are almost so. */
export function schemaArbitrary(
  document: JsonDocument,
  node: unknown,
  options: SchemaArbitraryOptions,
  depth = 0,
): Arbitrary<unknown> {
  const schema = document.resolveObject(node);
  const next = (child: unknown): Arbitrary<unknown> => schemaArbitrary(document, child, options, depth + 1);
  const valid = validValue(schema, next, depth > MAX_DEPTH);
  if (options.noise === 0) return valid;
  return oneof(
    { weight: 100 - options.noise, arbitrary: valid },
    { weight: options.noise, arbitrary: nastyValue },
  );
}

function validValue(
  schema: JsonObject,
  next: (child: unknown) => Arbitrary<unknown>,
  isDeep: boolean,
): Arbitrary<unknown> {
  if ('const' in schema) return constant(schema['const']);
  const choices = arrayAt(schema, 'enum');
  if (choices.length > 0) return constantFrom(...choices);
  const alternatives = [...arrayAt(schema, 'oneOf'), ...arrayAt(schema, 'anyOf')];
  if (alternatives.length > 0) return oneof(...alternatives.map(next));
  const parts = arrayAt(schema, 'allOf');
  if (parts.length > 0) {
    return record(Object.fromEntries(parts.map((part, index) => [String(index), next(part)]))).map((values) =>
      Object.assign({}, ...Object.values(values).filter(isJsonObject)),
    );
  }
  const types = typeof schema['type'] === 'string' ? [schema['type']] : arrayAt(schema, 'type');
  if (types.length === 0) return 'properties' in schema ? objectValue(schema, next, isDeep) : anyJson;
  return oneof(...types.map((type) => typedValue(String(type), schema, next, isDeep)));
}

function typedValue(
  type: string,
  schema: JsonObject,
  next: (child: unknown) => Arbitrary<unknown>,
  isDeep: boolean,
): Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objectValue(schema, next, isDeep);
    case 'array':
      return array('items' in schema ? next(schema['items']) : anyJson, {
        minLength: Math.min(numberAt(schema, 'minItems', 0), MAX_ITEMS),
        maxLength: Math.max(
          numberAt(schema, 'minItems', 0),
          Math.min(numberAt(schema, 'maxItems', MAX_ITEMS), MAX_ITEMS),
        ),
      });
    case 'integer': {
      const min = numberAt(schema, 'minimum', -1000);
      return integer({ min, max: Math.max(min, Math.min(numberAt(schema, 'maximum', 1000), 2 ** 31 - 1)) });
    }
    case 'number':
      return double({
        min: numberAt(schema, 'minimum', -1000),
        max: numberAt(schema, 'maximum', 1000),
        noNaN: true,
        noDefaultInfinity: true,
      });
    case 'boolean':
      return boolean();
    case 'null':
      return constant(null);
    case 'string':
      return textValue(schema);
    default:
      return anything();
  }
}

function textValue(schema: JsonObject): Arbitrary<unknown> {
  const minLength = numberAt(schema, 'minLength', 0);
  const maxLength = Math.max(minLength, Math.min(numberAt(schema, 'maxLength', MAX_LENGTH), MAX_LENGTH));
  if (typeof schema['pattern'] === 'string') return stringMatching(new RegExp(schema['pattern'], 'u'));
  switch (schema['format']) {
    case 'uuid':
      return uuid();
    case 'binary':
      return uint8Array({ maxLength });
    case 'date-time':
      return anyDate.map((each) => each.toISOString());
    case 'date':
      return anyDate.map((each) => each.toISOString().slice(0, 10));
    default:
      return oneof(
        {
          weight: 3,
          arbitrary: string({ unit: 'grapheme-composite', minLength, maxLength: Math.min(maxLength, 40) }),
        },
        { weight: 1, arbitrary: string({ unit: codePoint, minLength, maxLength: Math.min(maxLength, 40) }) },
        { weight: 1, arbitrary: string({ minLength, maxLength }) },
        { weight: 1, arbitrary: nastyText },
      ).filter((text) => isAcceptable(text) && hasLength(text, minLength, maxLength));
  }
}

const anyDate = date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') });

/** Any JSON but names that are refused everywhere; numbers are those that JavaScript writes. */
const anyJson: Arbitrary<unknown> = jsonValue({ stringUnit: 'grapheme', maxDepth: 3 }).filter((value) => {
  const text = JSON.stringify(value);
  return (
    !/"(?:__proto__|constructor|prototype)":/.test(text) && isAcceptable(text) && !text.includes('\\u0000')
  );
});

/** Texts that are refused whatever the schema says: U+0000 and half characters. */
function isAcceptable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Lengths of a schema count code points. */
function hasLength(text: string, min: number, max: number): boolean {
  const length = Array.from(text).length;
  return length >= min && length <= max;
}

function objectValue(
  schema: JsonObject,
  next: (child: unknown) => Arbitrary<unknown>,
  isDeep: boolean,
): Arbitrary<unknown> {
  const properties = objectAt(schema, 'properties');
  const required = new Set(arrayAt(schema, 'required').map(String));
  const written = Object.entries(properties).filter(
    ([name, property]) =>
      (required.has(name) || !isDeep) && !(isJsonObject(property) && property['readOnly'] === true),
  );
  const members = record(Object.fromEntries(written.map(([name, property]) => [name, next(property)])), {
    requiredKeys: written.map(([name]) => name).filter((name) => required.has(name)),
  });
  const more = schema['additionalProperties'];
  if (!isJsonObject(more) || isDeep) return members;
  const others = dictionary(string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }), next(more), {
    maxKeys: Math.min(numberAt(schema, 'maxProperties', MAX_ITEMS), MAX_ITEMS),
  });
  return tuple(members, others).map(([own, rest]) => Object.assign({}, rest, own));
}

function numberAt(schema: JsonObject, name: string, fallback: number): number {
  const value = schema[name];
  return typeof value === 'number' ? value : fallback;
}
