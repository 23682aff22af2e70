import type { AmbiguousFields, ParameterDecoding, ScalarTypes, Schema } from './contract.ts';

type ScalarType = ScalarTypes[number];
/** Stricter grammars first: `1` is a number before it is text. */
const ORDER: readonly ScalarType[] = ['integer', 'number', 'boolean', 'null', 'string'];

/**
 * How the text of a parameter becomes a value of `schema`, in the styles of OpenAPI 3.1 section 4.8.12.2; `undefined`
 * when those styles cannot carry such a value.
 */
export function decodingOf(
  schema: Schema,
  expand: (schema: Schema) => Schema | undefined,
): ParameterDecoding | undefined {
  const parts = alternatives(schema, expand);
  const containers = parts.filter(({ kind }) => kind === 'array' || kind === 'tuple' || kind === 'object');
  if (containers.length === 0) {
    const types = scalarTypes(schema, expand);
    return types === undefined || types.length === 0 ? undefined : { kind: 'scalar', types };
  }
  const kinds = new Set(containers.map(({ kind }) => (kind === 'object' ? 'object' : 'array')));
  if (kinds.size > 1) return undefined;
  // Beside an array, a scalar is an array of one: the array is what the handler is given.
  return kinds.has('array') ? decodeArray(containers, expand) : decodeObject(containers, expand);
}

function decodeArray(
  containers: readonly Schema[],
  expand: (schema: Schema) => Schema | undefined,
): ParameterDecoding | undefined {
  const types = combine(
    containers.map((container) => {
      if (container.kind === 'array') return scalarTypes(container.items, expand);
      return container.kind === 'tuple'
        ? combine([...container.items, container.rest].map((item) => scalarTypes(item, expand)))
        : undefined;
    }),
  );
  return types === undefined ? undefined : { kind: 'array', items: types };
}

function decodeObject(
  containers: readonly Schema[],
  expand: (schema: Schema) => Schema | undefined,
): ParameterDecoding | undefined {
  const properties: Record<string, { array: boolean; types: ScalarTypes }> = {};
  let additional: ScalarTypes | undefined = [];
  for (const container of containers) {
    if (container.kind !== 'object') return undefined;
    for (const property of container.properties) {
      const decoding = decodingOf(property.schema, expand);
      if (decoding?.kind !== 'scalar' && decoding?.kind !== 'array') return undefined;
      const types = decoding.kind === 'scalar' ? decoding.types : decoding.items;
      const known = Object.hasOwn(properties, property.name) ? properties[property.name] : undefined;
      properties[property.name] = {
        array: decoding.kind === 'array' || known?.array === true,
        types: combine([known?.types ?? [], types]) ?? [],
      };
    }
    additional = combine([
      additional,
      container.additional.kind === 'never' ? [] : scalarTypes(container.additional, expand),
    ]);
    if (additional === undefined) return undefined;
  }
  return { kind: 'object', properties, additional: additional ?? [] };
}

/**
 * Whether every value of `schema` is read as it was, from any text that stands for it: `5` and `"5"` have one text, so have
 * `a` and `["a"]`, and `null` is a word too.
 */
export function isReadExactly(
  schema: Schema,
  decode: ParameterDecoding,
  expand: (schema: Schema) => Schema | undefined,
): boolean {
  return typesOf(decode).every(isUnambiguous) && hasOneForm(schema, expand);
}

/** The fields of a form's schema of which the same is not true; all fields when that holds for what it does not list. */
export function ambiguousFields(
  schema: Schema,
  expand: (schema: Schema) => Schema | undefined,
): AmbiguousFields {
  const objects = alternatives(schema, expand).filter((each) => each.kind === 'object');
  const others = objects.map(({ additional }) => readingOf(additional, expand));
  const other = others.find(({ isSure }) => !isSure);
  const found = objects
    .flatMap(({ properties }) => properties)
    .flatMap((property): [string, AmbiguousFields[string]][] => {
      const { array, types, isSure } = readingOf(property.schema, expand);
      return isSure && other === undefined ? [] : [[property.name, { array, types }]];
    });
  if (other !== undefined) found.push(['*', { array: other.array, types: other.types }]);
  return Object.fromEntries(found);
}

/** How the text of a field is read; octets are no text, and sure. */
function readingOf(
  schema: Schema,
  expand: (schema: Schema) => Schema | undefined,
): AmbiguousFields[string] & { readonly isSure: boolean } {
  const parts = alternatives(schema, expand);
  const forms = new Set(parts.map(formOf));
  const isList = forms.has('list');
  const members = isList ? parts.flatMap((part) => itemsOf(part, expand)) : parts;
  if (members.some(({ kind }) => kind === 'binary'))
    return { array: isList, types: ['string'], isSure: true };
  const memberForms = new Set(members.map(formOf));
  const isJson = memberForms.has('list') || memberForms.has('object');
  const types = isJson ? [] : (typesOfAll(members) ?? []);
  const isSure =
    forms.size <= 1 &&
    memberForms.size <= 1 &&
    (isJson || types.length === 0 || isUnambiguous(types)) &&
    !members.some(({ kind }) => kind === 'json');
  return { array: isList, types, isSure };
}

function itemsOf(list: Schema, expand: (schema: Schema) => Schema | undefined): readonly Schema[] {
  if (list.kind === 'array') return alternatives(list.items, expand);
  if (list.kind !== 'tuple') return [];
  return [...list.items, list.rest].flatMap((item) => alternatives(item, expand));
}

function formOf({ kind }: Schema): 'list' | 'object' | 'scalar' {
  if (kind === 'array' || kind === 'tuple') return 'list';
  return kind === 'object' || kind === 'intersection' ? 'object' : 'scalar';
}

function typesOf(decode: ParameterDecoding): readonly ScalarTypes[] {
  switch (decode.kind) {
    case 'scalar':
      return [decode.types];
    case 'array':
      return [decode.items];
    case 'object':
      return [decode.additional, ...Object.values(decode.properties).map(({ types }) => types)];
    case 'json':
      return [];
    default:
      return decode satisfies never;
  }
}

function isUnambiguous(types: ScalarTypes): boolean {
  return !types.includes('null') && (types.length === 1 || !types.includes('string'));
}

/** Whether a schema allows lists alone, objects alone or scalars alone, and so do its members. */
function hasOneForm(schema: Schema, expand: (schema: Schema) => Schema | undefined): boolean {
  const parts = alternatives(schema, expand);
  const forms = new Set(
    parts.map(({ kind }) => (kind === 'tuple' || kind === 'array' || kind === 'object' ? kind : 'scalar')),
  );
  if (forms.size > 1 || parts.some(({ kind }) => kind === 'json')) return false;
  return parts.every((part) => {
    if (part.kind === 'array') return hasOneForm(part.items, expand);
    if (part.kind === 'tuple') return [...part.items, part.rest].every((item) => hasOneForm(item, expand));
    if (part.kind !== 'object') return true;
    return [part.additional, ...part.properties.map((property) => property.schema)].every((member) =>
      hasOneForm(member, expand),
    );
  });
}

/** A schema's alternatives, references followed. */
function alternatives(schema: Schema, expand: (schema: Schema) => Schema | undefined): readonly Schema[] {
  const known = expand(schema) ?? schema;
  return known.kind === 'union' ? known.members.flatMap((each) => alternatives(each, expand)) : [known];
}

/** The scalar types a schema allows, in the order they are tried; `undefined` when it allows anything else. */
function scalarTypes(
  schema: Schema,
  expand: (schema: Schema) => Schema | undefined,
): ScalarTypes | undefined {
  return typesOfAll(alternatives(schema, expand));
}

function typesOfAll(parts: readonly Schema[]): ScalarTypes | undefined {
  return combine(
    parts.map((each): ScalarTypes | undefined => {
      if (each.kind === 'string' || each.kind === 'json') return ['string'];
      if (each.kind === 'number') return [each.integer ? 'integer' : 'number'];
      if (each.kind === 'boolean' || each.kind === 'null') return [each.kind];
      if (each.kind === 'literal') return literalTypes(each.value);
      return each.kind === 'never' ? [] : undefined;
    }),
  );
}

function literalTypes(value: unknown): ScalarTypes | undefined {
  if (typeof value === 'string') return ['string'];
  if (typeof value === 'boolean') return ['boolean'];
  if (typeof value === 'number') return [Number.isInteger(value) ? 'integer' : 'number'];
  return undefined;
}

function combine(lists: readonly (ScalarTypes | undefined)[]): ScalarTypes | undefined {
  const all = new Set<ScalarType>();
  for (const list of lists) {
    if (list === undefined) return undefined;
    for (const type of list) all.add(type);
  }
  return ORDER.filter((type) => all.has(type));
}
