import { isJsonObject, type JsonDocument, type JsonObject } from './json-document.ts';

/**
 * From which side a schema is looked at.
 * `request`: read-only properties are refused, defaults are applied · `patch`: a merge patch (RFC 7396), where a
 * default would overwrite what the client did not mention · `response`: write-only properties are refused.
 */
export type View = 'request' | 'patch' | 'response';

/** Keywords whose value is a schema, an array of schemas, or schemas by name. Source: JSON Schema 2020-12. */
export const SCHEMA_KEYWORDS = new Set([
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
  'contains',
  'not',
  'if',
  'then',
  'else',
]);
export const SCHEMA_LIST_KEYWORDS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
export const SCHEMA_MAP_KEYWORDS = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);
/** Keywords that assert and are taken over as they stand. All others say nothing about validity. */
export const PLAIN_KEYWORDS = new Set([
  'type',
  'enum',
  'const',
  'default',
  'multipleOf',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
  'required',
  'dependentRequired',
  'format',
]);

/**
 * Formats that are checked, and the names they get in the derived document. Dates get a name of their own because EOV
 * rewrites the schemas of `date` and `date-time` for its serializers. Other formats are annotations.
 */
const FORMATS: Readonly<Record<string, string>> = {
  date: 'rfc3339-date',
  'date-time': 'rfc3339-date-time',
  time: 'time',
  duration: 'duration',
  uuid: 'uuid',
  email: 'email',
  hostname: 'hostname',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  uri: 'uri',
  'uri-reference': 'uri-reference',
  'uri-template': 'uri-template',
  'json-pointer': 'json-pointer',
  'relative-json-pointer': 'relative-json-pointer',
  regex: 'regex',
  int32: 'int32',
  int64: 'int64',
  byte: 'byte',
};

/** Encodings of texts that are checked. Source: JSON Schema Validation 2020-12 section 8.3, RFC 4648. */
const ENCODINGS: ReadonlySet<unknown> = new Set(['base64', 'base64url', 'base32', 'base16']);

/** Keywords whose schemas describe the value of the schema around them, so that its hidden properties are theirs. */
const SAME_VALUE_KEYWORDS = new Set(['allOf', 'anyOf', 'oneOf', 'then', 'else', 'dependentSchemas']);

/**
 * A keyword that no contract has: schemas with branches have it in the derived document, so that validators keep from the start what was
 * evaluated.
 */
export const EVALUATED = '$evaluated';
/** Keywords whose schemas may hold for a value or not. */
const BRANCHES = ['anyOf', 'oneOf', 'if', 'dependentSchemas'];

const NONE: ReadonlySet<string> = new Set();

/** Copies schemas of a contract into the document that validates, once per view and component. */
export class SchemaViews {
  readonly #document: JsonDocument;
  readonly #names = new Map<string, string>();
  /** Components of the derived document: every schema that a copy refers to. */
  readonly schemas: Record<string, unknown> = {};
  /** Whether a copied schema has `unevaluatedProperties` or `unevaluatedItems`. */
  tracksEvaluated = false;

  constructor(document: JsonDocument) {
    this.#document = document;
  }

  /**
   * A copy of a schema; its references point into `schemas`.
   *
   * @param around names of properties that schemas around this one, or beside it, hide of the same value
   */
  copy(schema: unknown, view: View, around = NONE): unknown {
    if (!isJsonObject(schema)) return schema !== false;
    const copy: Record<string, unknown> = {};
    const hidden = new Set([...around, ...this.#hiddenProperties(schema, view, new Set())]);
    for (const [keyword, value] of Object.entries(schema)) {
      const inside = SAME_VALUE_KEYWORDS.has(keyword) ? hidden : NONE;
      if (keyword === '$ref' && typeof value === 'string')
        copy['$ref'] = this.#reference(value, view, hidden);
      else if (SCHEMA_KEYWORDS.has(keyword)) copy[keyword] = this.copy(value, view, inside);
      else if (SCHEMA_LIST_KEYWORDS.has(keyword) && Array.isArray(value)) {
        copy[keyword] = value.map((member) => this.copy(member, view, inside));
      } else if (SCHEMA_MAP_KEYWORDS.has(keyword) && isJsonObject(value)) {
        copy[keyword] = this.#copyMap(value, view, keyword === 'properties' ? hidden : NONE, inside);
      } else if (keyword === 'const' && isScalar(value) && !('enum' in schema)) {
        // The same assertion, of which the validator says what it expected.
        copy['enum'] = [value];
      } else if (PLAIN_KEYWORDS.has(keyword)) copy[keyword] = value;
    }
    if ('unevaluatedProperties' in copy || 'unevaluatedItems' in copy) this.tracksEvaluated = true;
    if (BRANCHES.some((keyword) => keyword in copy)) copy[EVALUATED] = true;
    this.#adjust(copy, view, hidden);
    const { contentEncoding } = schema;
    if (ENCODINGS.has(contentEncoding)) {
      copy['allOf'] = [...(Array.isArray(copy['allOf']) ? copy['allOf'] : []), { format: contentEncoding }];
    }
    this.#discriminate(copy, schema, view);
    return copy;
  }

  #copyMap(
    map: JsonObject,
    view: View,
    hidden: ReadonlySet<string>,
    inside: ReadonlySet<string>,
  ): JsonObject {
    const copy: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(map)) {
      const property = hidden.has(name) ? false : this.copy(value, view, inside);
      copy[name] = view === 'request' ? this.#withDefault(property, value) : property;
    }
    return copy;
  }

  /** The validator applies the default that stands in a property's schema itself, not the one behind it. */
  #withDefault(copy: unknown, original: unknown): unknown {
    if (!isJsonObject(copy) || 'default' in copy) return copy;
    const fallback = defaultOf(this.#document, original);
    return fallback === undefined ? copy : { ...copy, default: fallback };
  }

  #adjust(copy: Record<string, unknown>, view: View, hidden: ReadonlySet<string>): void {
    if (view !== 'request') delete copy['default'];
    if (Array.isArray(copy['required'])) {
      copy['required'] = copy['required'].filter((name) => !hidden.has(String(name)));
    }
    if (isJsonObject(copy['dependentRequired'])) {
      const lists = Object.entries(copy['dependentRequired']).map(([name, names]) => [
        name,
        Array.isArray(names) ? names.filter((each) => !hidden.has(String(each))) : names,
      ]);
      copy['dependentRequired'] = Object.fromEntries(lists);
    }
    if (typeof copy['format'] === 'string') {
      const format = Object.hasOwn(FORMATS, copy['format']) ? FORMATS[copy['format']] : undefined;
      if (format === undefined) delete copy['format'];
      else copy['format'] = format;
    }
    // Beyond these an integer is no longer the one that the client wrote.
    if (isInteger(copy['type'])) {
      if (!isNumber(copy['minimum']) && !isNumber(copy['exclusiveMinimum']))
        copy['minimum'] = Number.MIN_SAFE_INTEGER;
      if (!isNumber(copy['maximum']) && !isNumber(copy['exclusiveMaximum']))
        copy['maximum'] = Number.MAX_SAFE_INTEGER;
    }
  }

  /**
   * Names of properties that this side may not send: those of `allOf` members included, and those that every alternative
   * hides, because a `required` beside them may name them.
   */
  #hiddenProperties(schema: JsonObject, view: View, seen: Set<unknown>): Set<string> {
    const hidden = new Set<string>();
    if (seen.has(schema)) return hidden;
    seen.add(schema);
    const hiding = view === 'response' ? 'writeOnly' : 'readOnly';
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    for (const [name, property] of Object.entries(properties)) {
      const own = isJsonObject(property) ? property[hiding] : undefined;
      const isHidden = own ?? this.#document.resolveObject(property)[hiding];
      if (isHidden === true) hidden.add(name);
    }
    const parts: readonly unknown[] = [
      ...(Array.isArray(schema['allOf']) ? schema['allOf'] : []),
      ...(typeof schema['$ref'] === 'string' ? [{ $ref: schema['$ref'] }] : []),
    ];
    for (const part of parts) {
      for (const name of this.#hiddenProperties(this.#document.resolveObject(part), view, seen))
        hidden.add(name);
    }
    for (const keyword of ['oneOf', 'anyOf']) {
      const [first, ...others] = (Array.isArray(schema[keyword]) ? schema[keyword] : []).map(
        (each: unknown) => this.#hiddenProperties(this.#document.resolveObject(each), view, new Set(seen)),
      );
      for (const name of first ?? NONE) if (others.every((each) => each.has(name))) hidden.add(name);
    }
    return hidden;
  }

  #reference(reference: string, view: View, around = NONE): string {
    // What the target hides by itself makes no other copy of it.
    const own =
      around.size === 0
        ? NONE
        : this.#hiddenProperties(this.#document.resolveObject({ $ref: reference }), view, new Set());
    const more = new Set([...around].filter((each) => !own.has(each)));
    const key = JSON.stringify([view, reference, [...more].toSorted()]);
    let name = this.#names.get(key);
    if (name === undefined) {
      name = `${view}-${this.#names.size}`;
      this.#names.set(key, name);
      this.schemas[name] = true;
      this.schemas[name] = this.copy(this.#document.lookUp(reference), view, more);
    }
    return `#/components/schemas/${name}`;
  }

  /**
   * A discriminator picks one member by a property's value: then only that member is tried and its failures are exact.
   * Source: OpenAPI 3.1 section 4.8.25. Members without a `$ref` have no name to be picked by, and stay as they are.
   */
  #discriminate(copy: Record<string, unknown>, schema: JsonObject, view: View): void {
    const discriminator = schema['discriminator'];
    const keyword = Array.isArray(schema['oneOf']) ? 'oneOf' : 'anyOf';
    const members = schema[keyword];
    if (!isJsonObject(discriminator) || !Array.isArray(members)) return;
    const property = discriminator['propertyName'];
    const references = members.map((member) => (isJsonObject(member) ? member['$ref'] : undefined));
    if (typeof property !== 'string' || !references.every((reference) => typeof reference === 'string'))
      return;
    const choices = references.flatMap((reference) =>
      namesOf(reference, discriminator).map((value) => ({ value, reference })),
    );
    const whenChosen = choices.map(({ value, reference }) => ({
      if: { properties: { [property]: { const: value } }, required: [property] },
      // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
      then: { $ref: this.#reference(reference, view) },
    }));
    delete copy[keyword];
    copy['allOf'] = [
      ...(Array.isArray(copy['allOf']) ? copy['allOf'] : []),
      {
        type: 'object',
        properties: { [property]: { enum: choices.map(({ value }) => value) } },
        required: [property],
      },
      ...whenChosen,
    ];
  }
}

/** References and parts of a schema are followed so far. */
const MAX_DEFAULT_DEPTH = 20;

/**
 * The default of a value: that of its schema, of what the schema refers to, of a part of its `allOf`, or the only one that its
 * alternatives have.
 */
export function defaultOf(document: JsonDocument, schema: unknown, depth = 0): unknown {
  if (!isJsonObject(schema) || depth > MAX_DEFAULT_DEPTH) return undefined;
  if (schema['default'] !== undefined) return schema['default'];
  const behind = (node: unknown): unknown => defaultOf(document, node, depth + 1);
  const list = (keyword: string): readonly unknown[] =>
    Array.isArray(schema[keyword]) ? schema[keyword] : [];
  const always = [
    ...(typeof schema['$ref'] === 'string' ? [document.lookUp(schema['$ref'])] : []),
    ...list('allOf'),
  ];
  const found = always.map(behind).find((each) => each !== undefined);
  if (found !== undefined) return found;
  const ofAlternatives = [...list('oneOf'), ...list('anyOf')]
    .map(behind)
    .filter((each) => each !== undefined);
  const [first, ...others] = ofAlternatives.map((each) => JSON.stringify(each));
  return first !== undefined && others.every((each) => each === first) ? ofAlternatives[0] : undefined;
}

/** The values that pick a member: its keys in `mapping`, else its component's name. */
function namesOf(reference: string, discriminator: JsonObject): string[] {
  const component = reference.slice(reference.lastIndexOf('/') + 1);
  const mapping = isJsonObject(discriminator['mapping']) ? discriminator['mapping'] : {};
  const mapped = Object.entries(mapping)
    .filter(([, target]) => target === reference || target === component)
    .map(([value]) => value);
  return mapped.length > 0 ? mapped : [component];
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isInteger(type: unknown): boolean {
  return type === 'integer' || (Array.isArray(type) && type.includes('integer') && !type.includes('number'));
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}
