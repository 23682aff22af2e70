import type {
  Content,
  Operation,
  Parameter,
  ParameterLocation,
  ResponseStatus,
} from '../contract/contract.ts';
import { branches, type Code, code, empty, isEmpty, join, widthOf } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { mediaTypeText, propertyName } from '../print/literal.ts';
import { requestBodyType } from './body-type.ts';
import type { SchemaNames } from './schema-names.ts';
import { typeText } from './type-text.ts';

const GROUPS: readonly { readonly in: ParameterLocation; readonly group: Code }[] = [
  { in: 'path', group: code`path` },
  { in: 'query', group: code`query` },
  { in: 'header', group: code`headers` },
  { in: 'cookie', group: code`cookies` },
];

/**
 * The type of what a handler is given: parameters by place and the body, each only where the operation has it. Bodies
 * of several media types make a union by `contentType`.
 *
 * ```ts
 * export interface ReplaceTicketRequest {
 *   readonly path: { readonly ticketId: string };
 *   readonly headers: { readonly 'if-match': string };
 *   readonly body: TicketInput;
 * }
 * ```
 */
export function requestDeclaration(operation: Operation, names: SchemaNames): Code {
  const groups = GROUPS.map(({ in: location, group }) => {
    const parameters = operation.parameters.filter((parameter) => parameter.in === location);
    return parameters.length === 0 ? empty : groupText(group, parameters, names);
  }).filter((group) => !isEmpty(group));
  const bodies = bodyAlternatives(operation, names);
  const [body, ...otherBodies] = bodies;
  const name = operation.requestName;
  const members = [...groups, preferredType(operation), ...(otherBodies.length === 0 ? (body ?? []) : [])]
    .filter((member) => !isEmpty(member))
    .map((member) => code`${member};`);
  if (otherBodies.length === 0) {
    if (members.length === 0) return code`export type ${name} = { readonly [key: string]: never };`;
    return code`
      export interface ${name} {
        ${members}
      }
    `;
  }
  const alternatives = branches(
    bodies.map((alternative) => code`{ ${join(alternative, '; ')} }`),
    '|',
  );
  if (members.length === 0) return code`export type ${name} =${alternatives};`;
  return code`
    export type ${name} = {
      ${members}
    } & (${alternatives}
    );
  `;
}

/** Of the media types of successful responses that have several, the one that the client likes best. */
function preferredType({ responses }: Operation): Code {
  const types = responses
    .filter(({ status }) => isSuccess(status))
    .filter(({ content }) => content.length > 1)
    .flatMap(({ content }) => content.map(({ mediaType }) => mediaType));
  const texts = [...new Set(types)].map(mediaTypeText);
  return texts.length < 2 ? empty : code`readonly preferredType: ${join(texts, ' | ')}`;
}

function isSuccess(status: ResponseStatus): boolean {
  return status === '2XX' || status === '3XX' || (typeof status === 'number' && status < 400);
}

function groupText(group: Code, parameters: readonly Parameter[], names: SchemaNames): Code {
  // A group without which the request is still complete is there all the same: the runtime always gives an object.
  const oneLine = code`readonly ${group}: { ${join(
    parameters.map((parameter) => parameterText(parameter, names)),
    '; ',
  )} }`;
  const isDocumented = parameters.some((parameter) => !isEmpty(parameterDoc(parameter)));
  if (!isDocumented && widthOf(oneLine) <= 100) return oneLine;
  const members = parameters.map(
    (parameter) => code`
      ${parameterDoc(parameter)}
      ${parameterText(parameter, names)};
    `,
  );
  return code`
    readonly ${group}: {
      ${members}
    }
  `;
}

function parameterText(parameter: Parameter, names: SchemaNames): Code {
  const mark = parameter.present ? empty : code`?`;
  const type = typeText(parameter.schema, { names, view: 'request' });
  return code`readonly ${propertyName(parameter.key)}${mark}: ${type}`;
}

function parameterDoc({ documentation }: Parameter): Code {
  return doc([documentation.summary, documentation.description], { deprecated: documentation.deprecated });
}

/** The members that carry the body, for each form that it may take. */
function bodyAlternatives(operation: Operation, names: SchemaNames): readonly (readonly Code[])[] {
  const { body } = operation;
  if (body === null) return [];
  const [only, ...others] = body.content;
  if (only === undefined) return [];
  if (others.length === 0 && !only.mediaType.endsWith('/*')) {
    const mark = body.required ? empty : code`?`;
    return [[code`readonly body${mark}: ${requestBodyType(only, names)}`]];
  }
  const given = body.content.map((content) => [contentTypeMember(content), bodyMember(content, names)]);
  const absent = [code`readonly contentType?: never`, code`readonly body?: never`];
  return body.required ? given : [...given, absent];
}

function contentTypeMember({ mediaType }: Content): Code {
  return code`readonly contentType: ${mediaTypeText(mediaType)}`;
}

function bodyMember(content: Content, names: SchemaNames): Code {
  return code`readonly body: ${requestBodyType(content, names)}`;
}
