import type { CallOptions, Client } from '../runtime/client.ts';
import { createClient } from '../runtime/client.ts';
import type { Operation, PagedOperation } from '../runtime/operation.ts';
import type { AnyResult } from '../runtime/result.ts';
import { ApiCall } from './api-call.ts';
import { ApiListCall } from './api-list-call.ts';
import type { ClassOptions, MethodOptions } from './class-options.ts';

/** The client of an object of the class. */
export function clientOf({ token, ...options }: ClassOptions): Client {
  return createClient({ ...options, auth: token });
}

/** Calls an operation. */
export function makeCall<Params, R extends AnyResult>(
  client: Client,
  operation: Operation<Params, R>,
  params: Params | undefined,
  options?: MethodOptions,
): ApiCall<R> {
  return new ApiCall(send(operation, params, { ...options, client }));
}

/** Calls an operation whose pages can be walked. */
export function makeListCall<Params extends object, R extends AnyResult, Item>(
  client: Client,
  operation: PagedOperation<Params, R, Item>,
  params: Params | undefined,
  options?: MethodOptions,
): ApiListCall<Params, R, Item> {
  const all = { ...options, client };
  return new ApiListCall(operation, params, all, send(operation, params, all));
}

function send<Params, R extends AnyResult>(
  operation: Operation<Params, R>,
  params: Params | undefined,
  options: CallOptions,
): Promise<R> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its arguments are a conditional type of `Params`
  return (operation as unknown as (params: Params | undefined, options: CallOptions) => Promise<R>)(
    params,
    options,
  );
}
