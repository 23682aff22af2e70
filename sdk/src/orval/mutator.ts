import { assertNoToken, assertPath, startHeaders } from '../runtime/build-request.ts';
import { send } from '../runtime/call.ts';
import type { CallOptions } from '../runtime/client.ts';
import type { OperationDescriptor } from '../runtime/descriptor.ts';
import { header as headerText } from '../runtime/encode-parameter.ts';
import { ApiError, type CallFailure } from '../runtime/errors.ts';
import type { BodyLike } from '../runtime/platform-types.ts';
import type { AnyResult } from '../runtime/result.ts';

/** The options that callers of what orval prints may give: `useGetRecipe(id, undefined, { request: { client } })`. */
export interface MutatorOptions extends CallOptions {
  readonly method?: string;
  readonly body?: BodyLike | null;
}

/** The options that the printed text calls with; header parameters stand there as they were given. */
export interface PrintedOptions extends Omit<MutatorOptions, 'headers'> {
  readonly headers?: object | undefined;
}

/**
 * Sends a request that orval's text has built, and resolves to the status, the body and the headers, names in lower case.
 *
 * @throws {ApiError} when the status is not 2xx.
 * @throws {CallError} when there is no such response.
 */
export interface Mutator {
  <T>(url: string, options: PrintedOptions, declared?: unknown): Promise<T>;
  // Orval takes the type of the options that callers give from the last signature.
  <T>(url: string, options: MutatorOptions, declared?: unknown): Promise<T>;
}

/**
 * What a query or a mutation fails with. `R` is a response by its status; where orval gives the body alone, `isErrorOf` tells
 * what the contract declares.
 */
export type ErrorType<R> =
  | (R extends { readonly status: infer Status extends number; readonly data: infer Body }
      ? ApiError<Status, Body>
      : ApiError)
  | CallFailure;

/** Makes orval's `mutator` of an operation: its requests go out through our runtime. */
export function mutatorOf({ descriptor }: { readonly descriptor: OperationDescriptor }): Mutator {
  return async <T>(url: string, printed: PrintedOptions): Promise<T> => {
    const { method: _method, body, headers: given, ...options } = printed;
    const result: AnyResult = await send(descriptor, options, (client) => {
      const headers = { ...startHeaders(client, descriptor), ...headerTexts(given, descriptor) };
      descriptor.addKey?.(headers);
      assertNoToken(headers);
      assertPath(url.replace(/\?.*/s, ''));
      return { url: client.baseUrl + url, headers, body: body ?? undefined };
    });
    if (!result.ok) throw new ApiError(result);
    const { status, data, response } = result;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- orval's types are the contract's, as a test compares them
    return { status, data, headers: Object.fromEntries(response.headers) } as T;
  };
}

/** Headers as text, names in lower case; a parameter is written in its own style. */
function headerTexts(
  given: object | undefined,
  { headers: encoders }: OperationDescriptor,
): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [header, value] of Object.entries({ ...given })) {
    const name = header.toLowerCase();
    if (typeof value === 'string') texts[name] = value;
    else if (value !== undefined) texts[name] = (encoders?.[name] ?? headerText)(name, value);
  }
  return texts;
}
