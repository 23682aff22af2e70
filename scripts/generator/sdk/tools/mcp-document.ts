import type { JsonObject, JsonValue } from '../../contract/contract.ts';
import { followReference, isArray, isObject, objectAt, textMember } from '../../load/json-value.ts';
import { mapOperations } from './tool-document.ts';

/**
 * The document that orval makes the tools of the MCP server from. Its tools take no headers: header parameters stand among
 * those of the query, and `sdk/src/mcp/mutator.ts` puts them back. `Idempotency-Key` is left out, because the runtime makes
 * one; so are operations whose body is no data that an agent can write, such as a picture.
 */
export function mcpDocument(document: JsonObject): JsonObject {
  const components = objectAt(document, 'components');
  const isKey = (parameter: JsonValue): boolean =>
    textMember(followReference(parameter, document), 'name')?.toLowerCase() === 'idempotency-key';
  const contentOf = ({ requestBody }: JsonObject): readonly (readonly [string, JsonValue])[] =>
    Object.entries(objectAt(followReference(requestBody, document), 'content'));
  const dataOf = (operation: JsonObject): readonly (readonly [string, JsonValue])[] =>
    contentOf(operation).filter(([type]) => /[/+]json$|^application\/x-www-form-urlencoded$/.test(type));
  const parameters = Object.entries(objectAt(components, 'parameters')).map(
    ([name, parameter]) => [name, inQuery(parameter)] as const,
  );
  const moved = { ...document, components: { ...components, parameters: Object.fromEntries(parameters) } };
  return mapOperations(moved, (operation) => {
    const [data] = dataOf(operation);
    const hasBody = contentOf(operation).length > 0;
    if (hasBody && data === undefined) return undefined;
    const own = isArray(operation['parameters']) ? operation['parameters'] : [];
    // A tool takes one body; of several types, the first that is data.
    const body =
      data === undefined
        ? {}
        : {
            requestBody: {
              ...followReference(operation['requestBody'], document),
              content: Object.fromEntries([data]),
            },
          };
    return { ...operation, ...body, parameters: own.filter((each) => !isKey(each)).map(inQuery) };
  });
}

function inQuery(parameter: JsonValue): JsonValue {
  if (!isObject(parameter) || parameter['in'] !== 'header') return parameter;
  const { style: _style, ...rest } = parameter;
  return { ...rest, in: 'query' };
}
