import { constant, constantFrom, nat, oneof, record, tuple, type Arbitrary } from 'fast-check';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { Operation, Parameter } from '#kernel/contract/operation.ts';
import { arrayAt, isJsonObject, JsonDocument, objectAt } from '#kernel/contract/validation/json-document.ts';
import { nastyText } from './nasty.ts';
import { schemaArbitrary } from './schema-arbitrary.ts';

/** A request as it was thought of; sending it fills in what only the run knows. */
export interface FuzzRequest {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly contentType: string;
  readonly accept: string;
  readonly credentials: 'good' | 'other' | 'bad' | 'none';
  /** Which of the things created so far the path is about; the path's own value when it is undefined. */
  readonly known: number | undefined;
  /** Which version `If-Match` names; the header's own value when it is undefined. */
  readonly version: string | undefined;
}

/** Requests to any operation of a module: about half of them valid, the rest almost. */
export function requestArbitrary(
  binding: ModuleBinding,
  isFuzzed: (operation: Operation) => boolean,
): Arbitrary<FuzzRequest> {
  const document = new JsonDocument(binding.document);
  const operations = Object.values(binding.operations).filter(isFuzzed);
  return oneof(
    ...operations.flatMap((operation) => [
      // What is created is what everything else is about.
      { weight: operation.method === 'post' ? 3 : 1, arbitrary: forOperation(document, operation, 0) },
      { weight: 1, arbitrary: forOperation(document, operation, 12) },
    ]),
  );
}

function forOperation(document: JsonDocument, operation: Operation, noise: number): Arbitrary<FuzzRequest> {
  const node = document.operation(operation.path, operation.method);
  const shared = arrayAt(objectAt(objectAt(document.root, 'paths'), operation.path), 'parameters');
  const declared = [...shared, ...arrayAt(node, 'parameters')].map((each) => document.resolveObject(each));
  const groupOf = (location: Parameter['in']): Arbitrary<Readonly<Record<string, unknown>>> =>
    group(document, operation, declared, location, noise);
  const [content] = Object.entries(objectAt(document.resolveObject(node['requestBody']), 'content'));
  const [mediaType = '', described] = content ?? [];
  const schema = isJsonObject(described) ? described['schema'] : undefined;
  const quiet = noise === 0;
  return record({
    operation: constant(operation),
    path: groupOf('path'),
    query: quiet
      ? groupOf('query')
      : tuple(groupOf('query'), oneof({ weight: 9, arbitrary: constant({}) }, unknownQuery)).map(
          ([own, more]): Record<string, unknown> => Object.assign({}, own, more),
        ),
    headers: groupOf('header'),
    body: schema === undefined ? constant(undefined) : schemaArbitrary(document, schema, { noise }),
    contentType: quiet
      ? constant(mediaType)
      : oneof(
          { weight: 9, arbitrary: constant(mediaType) },
          constantFrom('text/plain', 'application/json; charset=latin1', '*/*', 'application/xml', 'x'),
        ),
    accept: quiet
      ? constant('*/*')
      : oneof(
          { weight: 9, arbitrary: constant('*/*') },
          constantFrom('text/html', 'application/*;q=0', ';;'),
        ),
    credentials: oneof(
      { weight: 8, arbitrary: constant('good' as const) },
      { weight: 2, arbitrary: constant('other' as const) },
      constantFrom('bad' as const, 'none' as const),
    ),
    known: oneof({ weight: 3, arbitrary: nat(20) }, constant(undefined)),
    version: oneof({ weight: 3, arbitrary: constantFrom('"v1"', '"v2"', '*') }, constant(undefined)),
  });
}

const unknownQuery: Arbitrary<Record<string, unknown>> = tuple(nastyText, nastyText).map(([name, value]) => ({
  [name.slice(0, 100)]: value,
}));

function group(
  document: JsonDocument,
  operation: Operation,
  declared: readonly Readonly<Record<string, unknown>>[],
  location: Parameter['in'],
  noise: number,
): Arbitrary<Readonly<Record<string, unknown>>> {
  const parameters = operation.parameters.filter((each) => each.in === location);
  const required = noise === 0 || location === 'path' ? parameters.filter((each) => each.required) : [];
  const members = parameters.map(({ name }) => {
    const schema = declared.find((each) => each['name'] === name && each['in'] === location)?.['schema'];
    return [name, schemaArbitrary(document, schema ?? {}, { noise })] as const;
  });
  return record(Object.fromEntries(members), { requiredKeys: required.map(({ name }) => name) });
}
