import type { Content, Operation, Response, ResponseHeader, ResponseStatus } from '../contract/contract.ts';
import { branches, type Code, code, empty, join, widthOf } from '../print/code.ts';
import { literal, mediaTypeText, propertyName } from '../print/literal.ts';
import { responseBodyType } from './body-type.ts';
import { kernelRef, STATUS_TYPES } from './kernel-types.ts';
import type { SchemaNames } from './schema-names.ts';
import { typeText } from './type-text.ts';

/**
 * The type of what a handler returns: a union by `status`, and by `contentType` where a status has several. Problems
 * are thrown, so they are not in it; an operation of problems alone returns `never`.
 *
 * ```ts
 * export type GetTicketResponse =
 *   | { readonly status: 200; readonly body: Ticket; readonly headers: { readonly etag: string } }
 *   | { readonly status: 304; readonly headers: { readonly etag: string } };
 * ```
 */
export function responseDeclaration(operation: Operation, names: SchemaNames): Code {
  const members = operation.responses
    .filter((response) => !response.isProblem)
    .flatMap((response) => responseAlternatives(response, statusType(response.status, operation), names));
  if (members.length === 0) return code`export type ${operation.responseName} = never;`;
  return code`export type ${operation.responseName} =${branches(members, '|')};`;
}

/** One object type for each form of the response. */
function responseAlternatives(response: Response, status: Code, names: SchemaNames): readonly Code[] {
  const headers = headersMember(response.headers, names);
  const statusMember = code`readonly status: ${status}`;
  if (response.content.length === 0) return [objectText([statusMember, headers])];
  const isChoice =
    response.content.length > 1 || response.content.some(({ mediaType }) => mediaType.endsWith('/*'));
  return response.content.map((content) =>
    objectText([
      statusMember,
      isChoice ? contentTypeMember(content) : empty,
      code`readonly body: ${responseBodyType(content, names)}`,
      headers,
    ]),
  );
}

function objectText(members: readonly Code[]): Code {
  const oneLine = code`{ ${join(members, '; ')} }`;
  if (widthOf(oneLine) <= 104) return oneLine;
  return code`
    {
      ${join(members, ';\n')};
    }
  `;
}

function contentTypeMember({ mediaType }: Content): Code {
  return code`readonly contentType: ${mediaTypeText(mediaType)}`;
}

function headersMember(headers: readonly ResponseHeader[], names: SchemaNames): Code {
  if (headers.length === 0) return empty;
  const members = headers.map((header) => {
    const mark = header.required ? empty : code`?`;
    const type = typeText(header.schema, { names, view: 'response' });
    return code`readonly ${propertyName(header.name)}${mark}: ${type}`;
  });
  const mark = headers.some((header) => header.required) ? empty : code`?`;
  return code`readonly headers${mark}: { ${join(members, '; ')} }`;
}

/** A status as a literal; a range or `default` as the registered codes that no other response of the operation has. */
function statusType(status: ResponseStatus, { responses }: Operation): Code {
  if (typeof status === 'number') return literal(status);
  const declared = responses.map((response) => response.status).filter((other) => other !== status);
  const elsewhere = declared.filter((other) => status === 'default' || isWithin(other, status));
  const range = kernelRef(STATUS_TYPES[status]);
  if (elsewhere.length === 0) return range;
  const others = elsewhere.map((other) =>
    typeof other === 'number' ? literal(other) : kernelRef(STATUS_TYPES[other]),
  );
  return code`Exclude<${range}, ${join(others, ' | ')}>`;
}

function isWithin(status: ResponseStatus, range: Exclude<ResponseStatus, number>): boolean {
  return typeof status === 'number' && Math.trunc(status / 100) === Number(range.charAt(0));
}
