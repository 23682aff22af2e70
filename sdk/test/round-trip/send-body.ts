import type { IncomingMessage } from 'node:http';

import { chooseContent } from '../../../src/kernel/contract/body/content-negotiation.ts';
import { parseBody } from '../../../src/kernel/contract/body/request-body.ts';
import { compileWhenAsked } from '../../../src/kernel/contract/validation/compile-checks.ts';
import { ContractValidator } from '../../../src/kernel/contract/validation/contract-validator.ts';
import { ContractError } from '../../../src/kernel/http/problems/protocol-error.ts';
import { buildRequest } from '../../src/runtime/build-request.ts';
import { createClient } from '../../src/runtime/client.ts';
import type { CompiledModule } from './compiled-module.ts';

/** What came of a body, without a socket. */
export type BodyOutcome =
  | { readonly kind: 'unsent'; readonly message: string }
  | { readonly kind: 'refused'; readonly errors: unknown }
  | { readonly kind: 'received'; readonly body: unknown };

const client = createClient({ baseUrl: 'http://api.test' });

/** Encodes a body with the SDK, brings it into the bytes that `fetch` sends, and reads it as the server does, validation included. */
export async function sendBody(
  { binding, descriptors }: CompiledModule,
  id: string,
  body: unknown,
): Promise<BodyOutcome> {
  const [descriptor, operation] = [descriptors.get(id), binding.operations[id]];
  if (descriptor === undefined || !operation?.body) throw new Error(`no operation ${id}`);
  let request: Request;
  try {
    const { url, headers, body: encoded } = buildRequest(client, descriptor, { body }, {});
    request = new Request(url, { method: 'POST', headers, body: encoded ?? null });
  } catch (error) {
    return { kind: 'unsent', message: error instanceof Error ? error.message : '' };
  }
  const bytes = Buffer.from(await request.arrayBuffer());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a message, its headers are all that is looked at
  const message = {
    headers: { ...Object.fromEntries(request.headers), 'content-length': String(bytes.byteLength) },
  } as unknown as IncomingMessage;
  const chosen = chooseContent(message, operation.body);
  if (chosen === undefined) return { kind: 'received', body: undefined };
  if (chosen.content.kind === 'binary') return { kind: 'received', body: new Uint8Array(bytes) };
  const validator = validatorOf(binding);
  const shape = validator.shapesOf(operation).requests[chosen.index];
  if (shape === undefined) throw new Error('no shape');
  try {
    const data = {
      path: {},
      query: {},
      headers: {},
      cookies: {},
      body: parseBody(bytes, chosen, shape.fields),
    };
    const errors = validator.checkRequest(operation, shape.index, data, bytes.byteLength);
    return errors.length > 0 ? { kind: 'refused', errors } : { kind: 'received', body: data.body };
  } catch (error) {
    if (error instanceof ContractError) return { kind: 'refused', errors: error.errors };
    throw error;
  }
}

const validators = new WeakMap<object, ContractValidator>();

function validatorOf(binding: CompiledModule['binding']): ContractValidator {
  const known = validators.get(binding) ?? new ContractValidator(binding, compileWhenAsked(binding));
  validators.set(binding, known);
  return known;
}
