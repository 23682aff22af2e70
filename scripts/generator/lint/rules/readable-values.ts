import { bodyKind } from '../../contract/media-type.ts';
import { isBinary } from '../../contract/resolve-schema.ts';
import { child, members, rootCursor, type Cursor } from '../../load/cursor.ts';
import { member, textMember } from '../../load/json-value.ts';
import type { SpecSet } from '../../load/spec-set.ts';
import { conjuncts, listedProperties, typesOf } from '../schema-parts.ts';
import { type Finding, type Rule } from '../rule.ts';

/** What schemas are read as. Source: OpenAPI 3.1 section 4.8.24.6. */
const DIALECTS = [
  'https://spec.openapis.org/oas/3.1/dialect/base',
  'https://json-schema.org/draft/2020-12/schema',
];

/**
 * A schema describes what the runtime makes of the bytes: JSON and forms are read by theirs, text is text, and all else is
 * octets. What else a schema says of a body is checked by nothing.
 */
export const readableValues: Rule = {
  name: 'readable-values',
  *check({ specs, document, visits }) {
    const dialect = child(rootCursor(document), 'jsonSchemaDialect');
    if (dialect !== undefined && !DIALECTS.some((known) => known === dialect.value)) {
      const message =
        'schemas are read as JSON Schema 2020-12, the dialect of OpenAPI; remove jsonSchemaDialect';
      yield { at: dialect, onKey: true, message };
    }
    for (const { kind, cursor, key, parent } of visits) {
      if (kind === 'mediaType' && (parent?.kind === 'requestBody' || parent?.kind === 'response')) {
        yield* checkBody(specs, cursor, key);
      }
      if (kind === 'schema') yield* checkText(cursor, parent?.kind === 'mediaType' ? parent.key : undefined);
      if (kind === 'encoding') yield* checkEncoding(cursor, key, parent?.cursor, specs);
      if ((kind === 'parameter' || kind === 'header') && textMember(cursor.value, '$ref') === undefined) {
        yield* checkContent(cursor, kind);
        yield* checkFlags(cursor, kind);
      }
      if (kind === 'parameter') yield* checkStyle(specs, cursor);
    }
  },
};

/** Source: RFC 4648. */
const ENCODINGS: ReadonlySet<unknown> = new Set(['base64', 'base64url', 'base32', 'base16']);

// What a schema says of the content of a text. A file is held to its media type, and a text to its encoding.
function* checkText(schema: Cursor, mediaType: string | undefined): Generator<Finding, void, undefined> {
  const encoding = child(schema, 'contentEncoding');
  if (encoding !== undefined && !ENCODINGS.has(encoding.value)) {
    const message = `only ${[...ENCODINGS].join(', ')} are checked; write one of them, or remove contentEncoding`;
    yield { at: encoding, message };
  }
  const stated = child(schema, 'contentMediaType');
  if (stated !== undefined && stated.value !== mediaType && !isBinary(schema.value)) {
    const message =
      'nothing checks which media type a text is of; remove contentMediaType, and say it in the description';
    yield { at: stated, onKey: true, message };
  }
  const content = child(schema, 'contentSchema');
  if (content !== undefined) {
    const message = 'nothing reads contentSchema; remove it, and let the value be what is in the text';
    yield { at: content, onKey: true, message };
  }
}

// The schema of a body that is neither JSON nor a form.
function* checkBody(specs: SpecSet, media: Cursor, mediaType: string): Generator<Finding, void, undefined> {
  const stated = child(media, 'schema');
  // What is no media type has its own finding.
  if (stated === undefined || !mediaType.includes('/')) return;
  const kind = bodyKind(mediaType);
  const parts = conjuncts(specs, stated);
  const isString = parts.some(({ value }) => typesOf(value).join(',') === 'string');
  const isListed = parts.some(isText);
  if (kind === 'binary' && !parts.some(({ value }) => isBinary(value)) && !(isString && !isListed)) {
    const message = `a body of ${mediaType} is octets, which no schema describes; remove the schema, or use JSON`;
    yield { at: stated, message };
  }
  if (kind === 'text' && !isString && !isListed) {
    yield { at: stated, message: `a body of ${mediaType} is text; say type: string, or use JSON` };
  }
}

/** Whether a schema lists texts. */
function isText({ value }: Cursor): boolean {
  const values = member(value, 'enum') ?? [member(value, 'const') ?? null];
  return Array.isArray(values) && values.length > 0 && values.every((each) => typeof each === 'string');
}

// What an encoding says of a part of a form.
function* checkEncoding(
  encoding: Cursor,
  name: string,
  media: Cursor | undefined,
  specs: SpecSet,
): Generator<Finding, void, undefined> {
  const stated = media === undefined ? undefined : child(media, 'schema');
  if (stated !== undefined && !listedProperties(specs, stated).has(name)) {
    yield { at: encoding, onKey: true, message: `the form has no property "${name}"; remove its encoding` };
  }
  for (const [keyword, node] of members(encoding)) {
    if (keyword.startsWith('x-')) continue;
    const message = `nothing reads ${keyword} of an encoding; remove it, and say in the schema what a part may be`;
    yield { at: node, onKey: true, message };
  }
}

// A value that is written as JSON, or by a style.
function* checkContent(cursor: Cursor, kind: 'parameter' | 'header'): Generator<Finding, void, undefined> {
  const content = members(child(cursor, 'content'));
  const [media] = content;
  if (media === undefined) {
    if (kind === 'header' && child(cursor, 'schema') === undefined) {
      yield { at: cursor, message: 'the header needs a schema' };
    }
    return;
  }
  const [mediaType, at] = media;
  if (kind === 'header') {
    yield { at, message: 'response headers are written by their schema; write schema instead of content' };
  } else if (bodyKind(mediaType) !== 'json' || child(at, 'schema') === undefined) {
    const message = `only application/json with a schema is read as the content of a parameter; write that, or a schema`;
    yield { at, onKey: true, message };
  }
  const schema = child(cursor, 'schema');
  if (schema !== undefined) {
    yield { at: schema, onKey: true, message: 'schema and content exclude each other; keep one' };
  }
}

// Keywords that say how a value is written, in places where nothing reads them.
function* checkFlags(cursor: Cursor, kind: 'parameter' | 'header'): Generator<Finding, void, undefined> {
  const place = kind === 'header' ? 'header' : textMember(cursor.value, 'in');
  const isTrue = (name: string): Cursor | undefined => {
    const flag = child(cursor, name);
    return flag?.value === true ? flag : undefined;
  };
  const empty = isTrue('allowEmptyValue');
  if (empty !== undefined) {
    const message = 'nothing reads allowEmptyValue; remove it, and let the schema allow an empty text';
    yield { at: empty, onKey: true, message };
  }
  const reserved = place === 'query' ? undefined : isTrue('allowReserved');
  if (reserved !== undefined) {
    yield { at: reserved, onKey: true, message: 'allowReserved is read in a query only; remove it' };
  }
  const style = kind === 'header' ? child(cursor, 'style') : undefined;
  if (style !== undefined && style.value !== 'simple') {
    yield { at: style, message: 'a response header is written in the style simple; say that, or nothing' };
  }
}

// Styles that write no scalar, and no list: OpenAPI 3.1 section 4.8.12.2.2 has no text for them.
function* checkStyle(specs: SpecSet, parameter: Cursor): Generator<Finding, void, undefined> {
  const style = child(parameter, 'style');
  const stated = child(parameter, 'schema');
  if (stated === undefined || typeof style?.value !== 'string') return;
  const types = conjuncts(specs, stated)
    .flatMap(({ value }) => typesOf(value))
    .filter((type) => type !== 'null');
  const isObject = types.length === 0 || types.includes('object');
  if (style.value === 'deepObject' && !isObject) {
    yield { at: style, message: 'deepObject writes objects only; use form' };
  }
  if (style.value.endsWith('Delimited') && !isObject && !types.includes('array')) {
    yield { at: style, message: `${style.value} writes lists and objects only; use form` };
  }
}
