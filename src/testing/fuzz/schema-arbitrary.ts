import {
  anything,
  array,
  boolean,
  constant,
  constantFrom,
  double,
  integer,
  jsonValue,
  oneof,
  record,
  string,
  stringMatching,
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

/** How values are made. */
export interface SchemaArbitraryOptions {
  /** Per cent of the places of a value where something else stands than the schema wants. */
  readonly noise: number;
}

const MAX_DEPTH = 6;
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
  const valid = depth > MAX_DEPTH ? constant(null) : validValue(schema, next);
  if (options.noise === 0) return valid;
  return oneof(
    { weight: 100 - options.noise, arbitrary: valid },
    { weight: options.noise, arbitrary: nastyValue },
  );
}

function validValue(schema: JsonObject, next: (child: unknown) => Arbitrary<unknown>): Arbitrary<unknown> {
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
  if (types.length === 0) return 'properties' in schema ? objectValue(schema, next) : jsonValue();
  return oneof(...types.map((type) => typedValue(String(type), schema, next)));
}

function typedValue(
  type: string,
  schema: JsonObject,
  next: (child: unknown) => Arbitrary<unknown>,
): Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objectValue(schema, next);
    case 'array':
      return array('items' in schema ? next(schema['items']) : jsonValue(), {
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
    case 'date-time':
      return date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((each) =>
        each.toISOString(),
      );
    case 'date':
      return date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((each) =>
        each.toISOString().slice(0, 10),
      );
    default:
      return oneof(
        {
          weight: 3,
          arbitrary: string({ unit: 'grapheme-composite', minLength, maxLength: Math.min(maxLength, 40) }),
        },
        { weight: 1, arbitrary: string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 40) }) },
        { weight: 1, arbitrary: string({ minLength, maxLength }) },
        { weight: 1, arbitrary: nastyText },
      );
  }
}

function objectValue(schema: JsonObject, next: (child: unknown) => Arbitrary<unknown>): Arbitrary<unknown> {
  const properties = objectAt(schema, 'properties');
  const required = new Set(arrayAt(schema, 'required').map(String));
  const written = Object.entries(properties).filter(
    ([, property]) => !(isJsonObject(property) && property['readOnly'] === true),
  );
  return record(Object.fromEntries(written.map(([name, property]) => [name, next(property)])), {
    requiredKeys: written.map(([name]) => name).filter((name) => required.has(name)),
  });
}

function numberAt(schema: JsonObject, name: string, fallback: number): number {
  const value = schema[name];
  return typeof value === 'number' ? value : fallback;
}
