import type { Content, RequestBody, Response, ResponseHeader, ResponseStatus, Schema } from './contract.ts';
import { child, locate, members } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { member } from '../load/json-value.ts';
import { dereference } from '../load/references.ts';
import { JSON_SCHEMA } from './combine-schemas.ts';
import { bodyKind, canonicalMediaType } from './media-type.ts';
import { ambiguousFields } from './parameter-decoding.ts';
import { expand, resolveSchema } from './resolve-schema.ts';
import { documentationOf, report } from './resolver.ts';
import type { Resolver } from './resolver.ts';

const MEDIA_TYPE = /^(\*\/\*|[a-z0-9!#$&^_.+-]+\/(\*|[a-z0-9!#$&^_.+*-]+))$/;
const RANGES = ['1XX', '2XX', '3XX', '4XX', '5XX'] as const;

/** The request body of an operation; `null` when it takes none. */
export function resolveRequestBody(resolver: Resolver, operation: Cursor): RequestBody | null {
  const stated = child(operation, 'requestBody');
  if (stated === undefined) return null;
  const cursor = dereference(resolver.specs, stated);
  const content = resolveContent(resolver, cursor);
  if (content.length === 0) {
    if (resolver.specs.project)
      report(resolver, 'body-content', stated, 'the request body needs at least one media type');
    return null;
  }
  return {
    required: member(cursor.value, 'required') === true,
    content,
    documentation: documentationOf(cursor),
  };
}

/** The responses of an operation, by status, ranges and `default` last. */
export function resolveResponses(resolver: Resolver, operation: Cursor): readonly Response[] {
  const found: Response[] = [];
  for (const [key, stated] of members(child(operation, 'responses'))) {
    if (key.startsWith('x-')) continue;
    const status = statusOf(key);
    if (status === undefined) {
      report(
        resolver,
        'response-status',
        stated,
        `"${key}" is not a status; use a code such as 200, a range such as 4XX, or default`,
      );
      continue;
    }
    const cursor = dereference(resolver.specs, stated);
    const bodyless = isBodyless(status);
    const stray = bodyless ? child(cursor, 'content') : undefined;
    if (stray !== undefined && resolver.specs.project) {
      report(
        resolver,
        'bodyless-status',
        stray,
        `a response ${key} has no body (RFC 9110 section 15); remove the content`,
      );
    }
    const content = stray === undefined ? resolveContent(resolver, cursor) : [];
    found.push({
      status,
      content,
      headers: resolveHeaders(resolver, cursor),
      documentation: documentationOf(cursor),
      isProblem: content.length > 0 && content.every(({ kind }) => kind === 'problem'),
    });
  }
  return found.toSorted((a, b) => rank(a.status) - rank(b.status));
}

function statusOf(key: string): ResponseStatus | undefined {
  if (key === 'default') return 'default';
  if (/^[1-5][0-9]{2}$/.test(key)) return Number(key);
  return RANGES.find((range) => range === key.toUpperCase());
}

/** Responses that HTTP gives no content. Source: RFC 9110 sections 15.2, 15.3.5, 15.3.6, 15.4.5. */
function isBodyless(status: ResponseStatus): boolean {
  if (status === '1XX' || (typeof status === 'number' && status < 200)) return true;
  return status === 204 || status === 205 || status === 304;
}

function rank(status: ResponseStatus): number {
  if (typeof status === 'number') return status;
  return status === 'default' ? 2000 : 1000 + Number(status[0]);
}

function resolveContent(resolver: Resolver, cursor: Cursor): readonly Content[] {
  const found: Content[] = [];
  for (const [key, stated] of members(child(cursor, 'content'))) {
    const mediaType = canonicalMediaType(key);
    if (!MEDIA_TYPE.test(mediaType)) {
      report(
        resolver,
        'media-type',
        stated,
        `"${key}" is not a media type; write one such as application/json`,
      );
      continue;
    }
    if (found.some((known) => known.mediaType === mediaType)) {
      // Parameters such as `charset` do not make another body: the first stands for all.
      if (resolver.specs.project) {
        report(
          resolver,
          'media-type-parameters',
          stated,
          `"${mediaType}" stands here twice, parameters aside, which do not make another type; keep one`,
        );
      }
      continue;
    }
    const kind = bodyKind(mediaType);
    const schema = contentSchema(resolver, stated, kind);
    const ambiguous =
      kind === 'form' || kind === 'multipart'
        ? ambiguousFields(schema, (each) => expand(resolver, each))
        : {};
    found.push({ mediaType, kind, schema, ambiguous, at: locate(stated) });
  }
  return found;
}

function contentSchema(resolver: Resolver, media: Cursor, kind: Content['kind']): Schema {
  const cursor = child(media, 'schema');
  switch (kind) {
    case 'binary':
      return { kind: 'binary' };
    case 'text': {
      const schema = cursor === undefined ? JSON_SCHEMA : resolveSchema(resolver, cursor, 'json');
      return isText(resolver, schema) ? schema : { kind: 'string', format: '' };
    }
    case 'multipart':
    case 'form': {
      const schema =
        cursor === undefined
          ? JSON_SCHEMA
          : resolveSchema(resolver, cursor, kind === 'form' ? 'json' : 'multipart');
      if (cursor !== undefined && resolver.specs.project && !isForm(resolver, schema)) {
        report(
          resolver,
          'form-schema',
          cursor,
          'a form is an object with a property for each field; say type: object',
        );
      }
      return schema;
    }
    case 'json':
    case 'problem':
      return cursor === undefined ? JSON_SCHEMA : resolveSchema(resolver, cursor, 'json');
    default:
      return kind satisfies never;
  }
}

/** Whether every value of a schema is an object. */
function isForm(resolver: Resolver, schema: Schema): boolean {
  const known = expand(resolver, schema) ?? schema;
  if (known.kind === 'union') return known.members.every((each) => isForm(resolver, each));
  if (known.kind === 'intersection') return known.members.some((each) => isForm(resolver, each));
  return known.kind === 'object';
}

/** Whether every value of a schema is text, as the octets of a text body are. */
function isText(resolver: Resolver, schema: Schema): boolean {
  const known = expand(resolver, schema) ?? schema;
  if (known.kind === 'union') return known.members.every((each) => isText(resolver, each));
  return known.kind === 'string' || (known.kind === 'literal' && typeof known.value === 'string');
}

function resolveHeaders(resolver: Resolver, response: Cursor): readonly ResponseHeader[] {
  const found = new Map<string, ResponseHeader>();
  for (const [key, stated] of members(child(response, 'headers'))) {
    const name = key.toLowerCase();
    // OpenAPI 3.1 section 4.8.17: a response header Content-Type is ignored; the content says it.
    if (name === 'content-type') continue;
    if (found.has(name)) {
      report(
        resolver,
        'duplicate-header',
        stated,
        `the header "${key}" stands here twice; header names do not differ by case`,
      );
    }
    const cursor = dereference(resolver.specs, stated);
    const schemaCursor = child(cursor, 'schema');
    found.set(name, {
      name,
      required: member(cursor.value, 'required') === true,
      explode: member(cursor.value, 'explode') === true,
      schema:
        schemaCursor === undefined
          ? { kind: 'string', format: '' }
          : resolveSchema(resolver, schemaCursor, 'json'),
      documentation: documentationOf(cursor),
    });
  }
  return [...found.values()];
}
