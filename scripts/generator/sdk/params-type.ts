import type { Content, Operation } from '../contract/contract.ts';
import type { SchemaNames } from '../emit/schema-names.ts';
import { typeText } from '../emit/type-text.ts';
import { branches, type Code, code, join } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { mediaTypeText, propertyName } from '../print/literal.ts';
import { type CallParameter, callParameters } from './call-parameters.ts';
import { RUNTIME_TYPES } from './sdk-types.ts';

/** The header whose value the runtime makes when the caller gives none. */
const IDEMPOTENCY_KEY = 'idempotency-key';

/**
 * The type of an operation's parameters: one flat object. What is optional may be undefined too, so that callers can
 * hand on what they do not have.
 *
 * ```ts
 * export interface ReplaceTicketRequest {
 *   readonly ticketId: string;
 *   readonly 'if-match'?: string | undefined;
 *   readonly body: TicketInput;
 * }
 * ```
 */
export function paramsDeclaration(operation: Operation, names: SchemaNames): Code {
  const parameters = callParameters(operation).map((parameter) => parameterMember(parameter, names));
  const bodies = bodyAlternatives(operation, names);
  const name = operation.requestName;
  const [only] = bodies;
  if (bodies.length <= 1) {
    const members = [...parameters, ...(only ?? []).map((member) => code`${member};`)];
    if (members.length === 0) return code`export type ${name} = ${RUNTIME_TYPES.noParams};`;
    return code`
      export interface ${name} {
        ${members}
      }
    `;
  }
  const alternatives = branches(
    bodies.map((members) => code`{ ${join(members, '; ')} }`),
    '|',
  );
  if (parameters.length === 0) return code`export type ${name} =${alternatives};`;
  return code`
    export type ${name} = {
      ${parameters}
    } & (${alternatives}
    );
  `;
}

function parameterMember({ key, parameter }: CallParameter, names: SchemaNames): Code {
  const { summary, description, deprecated } = parameter.documentation;
  const isMade = parameter.in === 'header' && parameter.name.toLowerCase() === IDEMPOTENCY_KEY;
  const type = typeText(parameter.schema, { names, view: 'request' });
  return code`
    ${doc([summary, description], { deprecated })}
    ${optional(propertyName(key), type, parameter.required && !isMade)};
  `;
}

function optional(name: Code, type: Code, required: boolean): Code {
  return required ? code`readonly ${name}: ${type}` : code`readonly ${name}?: ${type} | undefined`;
}

/** The members that carry the body, for each form that it may take. */
function bodyAlternatives({ body }: Operation, names: SchemaNames): readonly (readonly Code[])[] {
  if (body === null) return [];
  const [first, ...others] = body.content;
  if (first === undefined) return [];
  const name = code`body`;
  if (others.length === 0 && !first.mediaType.endsWith('/*')) {
    return [[optional(name, bodyType(first, names), body.required)]];
  }
  const given = body.content.map((content) => [
    code`readonly contentType: ${mediaTypeText(content.mediaType)}`,
    optional(name, bodyType(content, names), true),
  ]);
  const absent = [code`readonly contentType?: undefined`, code`readonly body?: undefined`];
  return body.required ? given : [...given, absent];
}

function bodyType(content: Content, names: SchemaNames): Code {
  if (content.kind === 'binary') return RUNTIME_TYPES.binaryBody;
  if (content.kind === 'text') return code`string`;
  return typeText(content.schema, { names, view: 'request' });
}
