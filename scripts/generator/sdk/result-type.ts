import type { Content, Operation, Response, ResponseHeader, ResponseStatus } from '../contract/contract.ts';
import { isEventStream } from '../contract/media-type.ts';
import type { SchemaNames } from '../emit/schema-names.ts';
import { typeText } from '../emit/type-text.ts';
import { type Code, code, isEmpty, join } from '../print/code.ts';
import { literal, propertyName } from '../print/literal.ts';
import { headerReaders, type HeaderReader } from './header-readers.ts';
import { RUNTIME_STATUS_TYPES, RUNTIME_TYPES } from './sdk-types.ts';

/**
 * The type of an operation's results, by status.
 *
 * ```ts
 * export type GetTicketResponse = Results<{
 *   200: Reply<Ticket, { readonly etag: string }>;
 *   304: Reply<undefined, { readonly etag: string }>;
 *   404: Reply<Problem>;
 * }>;
 * ```
 */
export function resultDeclaration(operation: Operation, names: SchemaNames): Code {
  const final = operation.responses.filter(({ status }) => status !== '1XX');
  const exact = final.filter(({ status }) => typeof status === 'number');
  const ranges = final.filter(({ status }) => typeof status !== 'number');
  const replies = exact.map(
    (response) => code`${statusText(response.status)}: ${replyText(response, operation, names)};`,
  );
  const mapped = ranges.map(
    (response) =>
      code`{ readonly [Status in ${expanded(response.status, operation)}]: ${replyText(response, operation, names)} }`,
  );
  const table = code`
    {
      ${replies}
    }
  `;
  return code`export type ${operation.responseName} = ${RUNTIME_TYPES.results}<${join(
    [...(exact.length > 0 ? [table] : []), ...mapped],
    ' & ',
  )}>;`;
}

function replyText(response: Response, operation: Operation, names: SchemaNames): Code {
  const data = dataType(response, names);
  const headers = response.headers.map((header) => headerMember(header, operation));
  if (headers.length > 0) return code`${RUNTIME_TYPES.reply}<${data}, { ${join(headers, '; ')} }>`;
  return response.content.length === 0 ? RUNTIME_TYPES.reply : code`${RUNTIME_TYPES.reply}<${data}>`;
}

function dataType({ content }: Response, names: SchemaNames): Code {
  if (content.length === 0) return code`undefined`;
  const types = new Map(
    content.map((one) => [
      JSON.stringify([one.kind, one.schema, isEventStream(one.mediaType)]),
      contentType(one, names),
    ]),
  );
  return join(
    [...types.values()].filter((type) => !isEmpty(type)),
    ' | ',
  );
}

function contentType({ kind, mediaType, schema }: Content, names: SchemaNames): Code {
  if (isEventStream(mediaType)) return RUNTIME_TYPES.eventStream;
  if (kind === 'json' || kind === 'problem') return typeText(schema, { names, view: 'response' });
  return kind === 'text' ? code`string` : code`Blob`;
}

function headerMember(header: ResponseHeader, operation: Operation): Code {
  const mark = header.required ? code`` : code`?`;
  return code`readonly ${propertyName(header.name)}${mark}: ${headerType(header, operation)}`;
}

const HEADER_TYPES: Readonly<Record<HeaderReader, Code>> = {
  string: code`string`,
  number: code`number`,
  boolean: code`boolean`,
};

/** The type of a header's value, which is text unless every response says that it is a number or a boolean. */
function headerType(header: ResponseHeader, operation: Operation): Code {
  const reader = headerReaders(operation).get(header.name)?.reader ?? 'string';
  return HEADER_TYPES[reader];
}

/** The statuses of a range that no other response of the operation has. */
function expanded(status: ResponseStatus, { responses }: Operation): Code {
  if (typeof status === 'number' || status === '1XX') return literal(status);
  const others = responses
    .map((response) => response.status)
    .filter(
      (other) => other !== status && other !== '1XX' && (status === 'default' || isWithin(other, status)),
    );
  const range = RUNTIME_STATUS_TYPES[status];
  return others.length === 0 ? range : code`Exclude<${range}, ${join(others.map(statusText), ' | ')}>`;
}

function statusText(status: ResponseStatus): Code {
  if (typeof status === 'number' || status === '1XX') return literal(status);
  return RUNTIME_STATUS_TYPES[status];
}

function isWithin(status: ResponseStatus, range: string): boolean {
  return typeof status === 'number' && Math.trunc(status / 100) === Number(range.charAt(0));
}
