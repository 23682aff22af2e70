import contract from '#generated/openapi.json' with { type: 'json' };
import { arrayAt, JsonDocument, objectAt } from '#kernel/contract/validation/json-document.ts';

/**
 * The path of an operation of this API that any caller with a token may `GET` and nobody else: without path parameters, and without
 * parameters that are required.
 *
 * @throws {Error} when the contract has none.
 */
export function protectedPath(): string {
  const document = new JsonDocument(contract);
  const found = Object.entries(objectAt(document.root, 'paths')).find(([path, item]) => {
    const operation = document.resolveObject(objectAt(item, 'get'));
    const { security = document.root['security'], 'x-required-scopes': scopes } = operation;
    const needsToken = JSON.stringify(security) === '[{"bearerAuth":[]}]' && scopes === undefined;
    return (
      'responses' in operation &&
      !path.includes('{') &&
      needsToken &&
      !requiresMore(document, item, operation)
    );
  });
  if (found === undefined) throw new Error('This API has no list that a token alone opens.');
  return found[0];
}

function requiresMore(document: JsonDocument, ...nodes: readonly unknown[]): boolean {
  return nodes
    .flatMap((node) => arrayAt(node, 'parameters'))
    .some((parameter) => document.resolveObject(parameter)['required'] === true);
}
