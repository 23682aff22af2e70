import { GROUPS } from '../../../src/kernel/contract/decode/decode-parameters.ts';
import { decodeParameters, planParameters } from '../../../src/kernel/contract/decode/decode-parameters.ts';
import { PathTable } from '../../../src/kernel/contract/routing/path-table.ts';
import type { Operation } from '../../../src/kernel/contract/operation.ts';
import type { ProblemItem } from '../../../src/kernel/http/problems/problem.ts';
import { buildRequest } from '../../src/runtime/build-request.ts';
import { createClient } from '../../src/runtime/client.ts';
import type { CompiledModule } from './compiled-module.ts';

/** What came of a call, without a socket: the SDK refused it, or the server did, or the handler was given something. */
export type Outcome =
  | { readonly kind: 'unsent'; readonly message: string }
  /** Another path of the contract was reached. */
  | { readonly kind: 'elsewhere'; readonly path: string }
  | { readonly kind: 'refused'; readonly errors: readonly ProblemItem[] }
  | { readonly kind: 'received'; readonly parameters: Readonly<Record<string, unknown>> };

const client = createClient({ baseUrl: 'http://api.test' });

/** Builds a request with the SDK, brings it into the form that `fetch` sends, and reads its parameters as the server does. */
export function sendInMemory(
  { binding, descriptors }: CompiledModule,
  id: string,
  params: Readonly<Record<string, unknown>>,
): Outcome {
  const [descriptor, operation] = [descriptors.get(id), binding.operations[id]];
  if (descriptor === undefined || operation === undefined) throw new Error(`no operation ${id}`);
  let target: URL;
  let headers: Headers;
  try {
    const request = buildRequest(client, descriptor, params, {});
    target = new URL(request.url);
    headers = new Headers(request.headers);
  } catch (error) {
    return { kind: 'unsent', message: error instanceof Error ? error.message : '' };
  }
  return receiveInMemory({ binding }, operation, target, headers);
}

/** Reads the parameters of a request as the server does. */
export function receiveInMemory(
  { binding }: Pick<CompiledModule, 'binding'>,
  operation: Operation,
  target: URL,
  headers: Headers,
): Outcome {
  const match = pathTable(Object.values(binding.operations)).find(target.pathname);
  if (match === undefined) return { kind: 'refused', errors: [{ code: 'required', detail: 'no such path' }] };
  if (match.entry !== operation.path) return { kind: 'elsewhere', path: match.entry };
  const errors: ProblemItem[] = [];
  const decoded = decodeParameters(
    planParameters(operation, []),
    {
      path: match.parameters,
      query: target.search.slice(1),
      headerLines: (name) => [headers.get(name)].filter((line) => line !== null),
    },
    errors,
  );
  if (errors.length > 0) return { kind: 'refused', errors };
  return {
    kind: 'received',
    parameters: Object.assign({}, ...Object.values(GROUPS).map((group) => decoded[group])),
  };
}

function pathTable(operations: readonly Operation[]): PathTable<string> {
  const table = new PathTable<string>();
  for (const { path } of operations) table.getOrAdd(path, () => path);
  return table;
}
