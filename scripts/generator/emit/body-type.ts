import type { Content, Schema } from '../contract/contract.ts';
import { type Code, code } from '../print/code.ts';
import { BODY_TYPES, kernelRef } from './kernel-types.ts';
import type { SchemaNames } from './schema-names.ts';
import { typeText } from './type-text.ts';

/** What a handler is given as the body of a request. */
export function requestBodyType(content: Content, names: SchemaNames): Code {
  if (content.kind === 'binary') return kernelRef(BODY_TYPES.binaryStream);
  return bodyType(content, names, 'request');
}

/** What a handler may give as the body of a response. */
export function responseBodyType(content: Content, names: SchemaNames): Code {
  if (content.kind === 'binary') return kernelRef(BODY_TYPES.binaryContent);
  return bodyType(content, names, 'response');
}

function bodyType(content: Content, names: SchemaNames, view: 'request' | 'response'): Code {
  if (content.kind === 'text' && !isText(content.schema)) return code`string`;
  return typeText(content.schema, { names, view });
}

/** Text stays text, whatever its schema says; a schema that lists the texts is more exact than `string`. */
function isText(schema: Schema): boolean {
  if (schema.kind === 'literal') return typeof schema.value === 'string';
  return schema.kind === 'union' && schema.members.every(isText);
}
