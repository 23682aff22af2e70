import type { ContractModule, JsonObject, JsonValue, Operation } from '../contract/contract.ts';
import { canonicalMediaType } from '../contract/media-type.ts';
import { followReference, isObject, objectAt } from '../load/json-value.ts';
import { componentName } from './request-components.ts';

/** The keywords that samples are made from: those of `JsonSchemaObject` in `sdk/src/msw`. */
const USED = new Set(
  (
    '$ref type const enum examples allOf anyOf oneOf properties required items prefixItems minItems maxItems minLength ' +
    'maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf writeOnly'
  ).split(' '),
);

/** The keyword whose members are named freely. */
const NAMED = 'properties';

/** Keywords that hold data. */
const DATA = new Set(['const', 'enum', 'examples', 'required', 'type']);

/** The responses of an operation as `MockResponse`s of the SDK, by status. */
export function responseData(operation: Operation, { document }: ContractModule): JsonObject {
  const item = objectAt(objectAt(document, 'paths'), operation.path);
  const responses = objectAt(objectAt(item, operation.method), 'responses');
  return Object.fromEntries(
    Object.entries(responses)
      .filter(([status]) => status !== '1XX')
      .map(([status, response]) => [status, ofResponse(followReference(response, document), document)]),
  );
}

/** The component schemas that responses of a module refer to, by name. */
export function responseComponents(
  responses: readonly JsonObject[],
  { document }: ContractModule,
): JsonObject {
  const all = objectAt(objectAt(document, 'components'), 'schemas');
  const found = new Map<string, JsonValue>();
  const visit = (value: JsonValue): void => {
    if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) visit(item);
    if (!isObject(value)) return;
    const { $ref } = value;
    const name = typeof $ref === 'string' ? componentName($ref) : undefined;
    if (name !== undefined && !found.has(name) && name in all) {
      const schema = plainSchema(all[name] ?? true);
      found.set(name, schema);
      visit(schema);
    }
    for (const member of Object.values(value)) visit(member);
  };
  for (const response of responses) visit(response);
  return Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function ofResponse(response: JsonObject, document: JsonObject): JsonObject {
  const [content] = Object.entries(objectAt(response, 'content'));
  const headers = Object.entries(objectAt(response, 'headers'))
    .filter(([name]) => name.toLowerCase() !== 'content-type')
    .map(([name, header]): [string, JsonValue] => {
      const { schema = true, example } = followReference(header, document);
      const plain = plainSchema(schema);
      const hasExample = example !== undefined && isObject(plain) && !('examples' in plain);
      return [name.toLowerCase(), hasExample ? { ...plain, examples: [example] } : plain];
    });
  return {
    ...(content ? { type: mediaType(content[0]) } : undefined),
    ...(content && isObject(content[1]) && 'schema' in content[1]
      ? { schema: plainSchema(content[1]['schema'] ?? true) }
      : undefined),
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : undefined),
  };
}

/** A media type that can be sent: ranges are not. */
function mediaType(name: string): string {
  return name.includes('*') ? 'application/octet-stream' : canonicalMediaType(name);
}

/** A schema without what only people read. */
function plainSchema(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return (schema as readonly JsonValue[]).map(plainSchema);
  if (!isObject(schema)) return schema;
  const members = Object.entries(schema)
    .filter(([keyword]) => USED.has(keyword))
    .map(([keyword, value]): [string, JsonValue] => {
      if (DATA.has(keyword)) return [keyword, value];
      if (keyword !== NAMED || !isObject(value)) return [keyword, plainSchema(value)];
      const named = Object.entries(value).map(([name, member]): [string, JsonValue] => [
        name,
        plainSchema(member),
      ]);
      return [keyword, Object.fromEntries(named)];
    });
  return Object.fromEntries(members);
}
