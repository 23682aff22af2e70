import type { Parameter, ParameterLocation, ParameterStyle, Schema } from './contract.ts';
import { child, items, locate, members } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { member, textMember } from '../load/json-value.ts';
import { dereference } from '../load/references.ts';
import { bodyKind } from './media-type.ts';
import { decodingOf, isReadExactly } from './parameter-decoding.ts';
import { expand, resolveSchema, schemaDefault } from './resolve-schema.ts';
import { documentationOf, report } from './resolver.ts';
import type { Resolver } from './resolver.ts';

/** Header parameters that OpenAPI says to ignore (3.1 section 4.8.12.2.1). */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

const DEFAULT_STYLES: Readonly<Record<ParameterLocation, ParameterStyle>> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
};
const LOCATIONS: readonly ParameterLocation[] = ['path', 'query', 'header', 'cookie'];
const STYLES: Readonly<Record<ParameterLocation, readonly ParameterStyle[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

/** Parameters of an operation with those of its path; an operation's own stands for one of the same name and place. */
export function resolveParameters(resolver: Resolver, path: Cursor, operation: Cursor): readonly Parameter[] {
  const byPlace = new Map<string, Parameter>();
  for (const level of [path, operation]) {
    const seen = new Set<string>();
    for (const item of items(child(level, 'parameters'))) {
      const cursor = dereference(resolver.specs, item);
      const name = textMember(cursor.value, 'name') ?? '';
      const location = LOCATIONS.find((each) => each === textMember(cursor.value, 'in')) ?? 'query';
      const key = location === 'header' ? name.toLowerCase() : name;
      const place = `${location} ${key}`;
      if (seen.has(place)) {
        report(
          resolver,
          'duplicate-parameter',
          item,
          `the ${location} parameter "${name}" stands here twice; keep one`,
        );
      }
      seen.add(place);
      if (location === 'header' && IGNORED_HEADERS.has(key)) {
        if (resolver.specs.project) {
          report(
            resolver,
            'ignored-header',
            item,
            `OpenAPI ignores a header parameter "${name}"; remove it, content and security say the same`,
          );
        }
        continue;
      }
      byPlace.set(place, resolveParameter(resolver, cursor, { name, key, in: location }));
    }
  }
  return [...byPlace.values()];
}

function resolveParameter(
  resolver: Resolver,
  cursor: Cursor,
  identity: Pick<Parameter, 'name' | 'key' | 'in'>,
): Parameter {
  const required = member(cursor.value, 'required') === true || identity.in === 'path';
  const style = styleOf(resolver, cursor, identity.in);
  const explode = member(cursor.value, 'explode');
  const { schema, decode, isExact, present } = valueOf(resolver, cursor, identity.name);
  return {
    ...identity,
    required,
    present: required || present,
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form',
    allowReserved: member(cursor.value, 'allowReserved') === true,
    decode,
    isExact,
    schema,
    documentation: documentationOf(cursor),
    at: locate(cursor),
  };
}

function styleOf(resolver: Resolver, cursor: Cursor, location: ParameterLocation): ParameterStyle {
  const style = child(cursor, 'style');
  if (typeof style?.value !== 'string') return DEFAULT_STYLES[location];
  const known = STYLES[location].find((each) => each === style.value);
  if (known !== undefined) return known;
  report(
    resolver,
    'parameter-style',
    style,
    `a ${location} parameter cannot have the style "${style.value}"; use ${STYLES[location].join(' or ')}`,
  );
  return DEFAULT_STYLES[location];
}

function valueOf(
  resolver: Resolver,
  cursor: Cursor,
  name: string,
): Pick<Parameter, 'schema' | 'decode' | 'isExact' | 'present'> {
  const asText = {
    schema: { kind: 'string', format: '' },
    decode: { kind: 'scalar', types: ['string'] },
    isExact: true,
  } as const;
  const content = members(child(cursor, 'content'));
  const [media] = content;
  if (media !== undefined) {
    const [mediaType, mediaCursor] = media;
    const schemaCursor = child(mediaCursor, 'schema');
    if (content.length > 1) {
      report(
        resolver,
        'parameter-content',
        cursor,
        `the parameter "${name}" has several media types; keep one`,
      );
    }
    if (bodyKind(mediaType) !== 'json' || schemaCursor === undefined) return { ...asText, present: false };
    return {
      schema: resolveSchema(resolver, schemaCursor, 'json'),
      decode: { kind: 'json' },
      isExact: true,
      present: false,
    };
  }
  const schemaCursor = child(cursor, 'schema');
  if (schemaCursor === undefined) {
    if (resolver.specs.project) {
      report(resolver, 'parameter-schema', cursor, `the parameter "${name}" needs a schema`);
    }
    return { ...asText, present: false };
  }
  const schema = resolveSchema(resolver, schemaCursor, 'json');
  const present = schemaDefault(resolver, schemaCursor) !== undefined;
  const behind = (each: Schema): Schema | undefined => expand(resolver, each);
  const decode = decodingOf(schema, behind);
  if (decode !== undefined) {
    return { schema, decode, isExact: isReadExactly(schema, decode, behind), present };
  }
  if (resolver.specs.project) {
    report(
      resolver,
      'parameter-decoding',
      schemaCursor,
      `no parameter style can carry the value of "${name}"; use scalars, arrays of scalars or a flat object, or say content: application/json`,
    );
  }
  // A external document that leaves the text's meaning open: the handler is given the text.
  resolver.textParameters.add(cursor.value);
  return { ...asText, present };
}
