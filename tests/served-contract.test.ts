import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import contract from '#generated/openapi.json' with { type: 'json' };
import { arrayAt, isJsonObject, JsonDocument, objectAt } from '#kernel/contract/validation/json-document.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);
/** Operations that anybody may call. To add one, say why here and in the contract (`x-security-reason`). */
const PUBLIC_OPERATIONS: readonly string[] = [];

const document = new JsonDocument(contract);
type Node = Readonly<Record<string, unknown>>;

const operations: readonly {
  readonly id: string;
  readonly node: Node;
  readonly parameters: readonly Node[];
}[] = Object.entries(objectAt(document.root, 'paths')).flatMap(([, item]) => {
  const shared = arrayAt(item, 'parameters');
  return Object.entries(document.resolveObject(item))
    .filter(([method]) => METHODS.has(method))
    .map(([, operation]) => {
      const node = document.resolveObject(operation);
      const parameters = [...shared, ...arrayAt(node, 'parameters')].map((each) =>
        document.resolveObject(each),
      );
      return { id: String(node['operationId']), node, parameters };
    });
});

/**
 * Every schema reachable from a node, references followed once each.
 *
 * @yields each once.
 */
function* schemasIn(node: unknown, seen = new Set<unknown>()): Generator<Node> {
  if (Array.isArray(node)) for (const item of node) yield* schemasIn(item, seen);
  if (!isJsonObject(node)) return;
  const resolved = document.resolveObject(node);
  if (seen.has(resolved)) return;
  seen.add(resolved);
  yield resolved;
  for (const child of Object.values(resolved)) yield* schemasIn(child, seen);
}

/** The refusals that the runtime itself may answer an operation with. */
function refusalsOf({ node, parameters }: (typeof operations)[number]): string[] {
  const has = (name: string): boolean =>
    parameters.some((each) => each['in'] === 'header' && String(each['name']).toLowerCase() === name);
  const responses = objectAt(node, 'responses');
  const answersWithBody = Object.entries(responses).some(
    ([status, response]) => status.startsWith('2') && 'content' in document.resolveObject(response),
  );
  const security = 'security' in node ? arrayAt(node, 'security') : arrayAt(document.root, 'security');
  const scoped =
    'x-required-scopes' in node || security.some((each) => Object.values(Object(each)).flat().length > 0);
  return [
    '400',
    ...(security.length > 0 ? ['401'] : []),
    ...(scoped ? ['403'] : []),
    ...(answersWithBody ? ['406'] : []),
    ...('requestBody' in node ? ['413', '415'] : []),
    ...(has('idempotency-key') ? ['409', '422'] : []),
    ...(has('if-match') ? ['412'] : []),
    '429',
    '500',
    '503',
  ];
}

suite('the served contract', () => {
  test('has operations', () => assert.ok(operations.length > 0));

  // @requirement 34
  test('says of every operation that it needs credentials, but for those on the list', () => {
    const root = arrayAt(document.root, 'security');
    const open = operations.filter(({ node }) => {
      const security = 'security' in node ? arrayAt(node, 'security') : root;
      return security.length === 0 || security.some((each) => Object.keys(Object(each)).length === 0);
    });
    assert.deepEqual(
      open.map(({ id }) => id),
      PUBLIC_OPERATIONS,
    );
  });

  // @requirement 53
  test('declares every status that an operation can be refused with', () => {
    const missing = operations.flatMap((operation) => {
      const declared = Object.keys(objectAt(operation.node, 'responses'));
      return refusalsOf(operation)
        .filter((status) => !declared.includes(status))
        .map((status) => `${operation.id} does not declare ${status}`);
    });
    assert.deepEqual(missing, []);
  });

  // @requirement 37
  test('takes no URL, so none is ever fetched', () => {
    const urls = operations.flatMap(({ id, node, parameters }) =>
      [...schemasIn([node['requestBody'], parameters])]
        .filter(({ format }) => typeof format === 'string' && /^(?:uri|url|iri)/.test(format))
        .map(() => id),
    );
    assert.deepEqual(urls, []);
  });

  // @requirement 38, 74
  test('bounds every text and list that it takes, and compares no list of objects with itself', () => {
    const unbounded = operations.flatMap(({ id, node, parameters }) =>
      [...schemasIn([node['requestBody'], parameters])].flatMap((schema) => {
        const { type } = schema;
        const isFixed = 'enum' in schema || 'const' in schema || schema['format'] === 'uuid';
        if (type === 'string' && !isFixed && !('maxLength' in schema)) return [`${id}: a text without end`];
        if (type === 'array' && !('maxItems' in schema)) return [`${id}: a list without end`];
        if (schema['uniqueItems'] === true && objectAt(schema, 'items')['type'] === 'object') {
          return [`${id}: objects compared in pairs`];
        }
        return [];
      }),
    );
    assert.deepEqual(unbounded, []);
  });
});
