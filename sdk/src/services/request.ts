import { call } from '../runtime/call.ts';
import { createClient, getDefaultClient, type Client } from '../runtime/client.ts';
import type { OperationDescriptor } from '../runtime/descriptor.ts';
import { RequestError } from '../runtime/errors.ts';
import type { AnyResult } from '../runtime/result.ts';

/** What openapi-typescript-codegen's services call `request` with. */
export interface RequestOptions {
  readonly method: string;
  /** The path of the contract: `/recipes/{recipeId}`. */
  readonly url: string;
  readonly path?: Record<string, unknown>;
  readonly cookies?: Record<string, unknown>;
  readonly headers?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly formData?: Record<string, unknown>;
  readonly body?: unknown;
  readonly mediaType?: string;
  /** What the contract says of a status. */
  readonly errors?: Record<number, string>;
}

/** Its `OpenAPI` object. */
export interface RequestConfig<Options> {
  BASE: string;
  WITH_CREDENTIALS: boolean;
  CREDENTIALS: 'include' | 'omit' | 'same-origin';
  TOKEN?: string | ((options: Options) => Promise<string>) | undefined;
  USERNAME?: unknown;
  PASSWORD?: unknown;
  HEADERS?: Record<string, string> | ((options: Options) => Promise<Record<string, string>>) | undefined;
  ENCODE_PATH?: unknown;
}

/** What its `ApiError` knows of a response. */
export interface RequestResult {
  readonly url: string;
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly body: unknown;
}

/** A request under way. */
export interface SentRequest<T> {
  /** @throws what `fail` made, when the status is no success; `CallError` when there is no such response. */
  readonly body: Promise<T>;
  readonly cancel: () => void;
}

/** Sends a request of a service. `fail` makes the error of a status that is no success. */
export type SendRequest = <T, Options extends RequestOptions = RequestOptions>(
  config: RequestConfig<Options>,
  options: Options,
  fail: (result: RequestResult, message: string) => Error,
) => SentRequest<T>;

/**
 * Makes what openapi-typescript-codegen's `request` sends with: a service's call is the call of our operation of the same method and
 * path, so it has the retries, the time limits and the one token of the runtime. `operations` is a module that has them.
 */
export function requestOf(operations: object): SendRequest {
  const descriptors = new Map(
    Object.values({ ...operations })
      .filter(hasDescriptor)
      .map(({ descriptor }) => [`${descriptor.method} ${descriptor.path}`, descriptor]),
  );
  const clients = new WeakMap<object, KnownClient>();
  return <T, Options extends RequestOptions>(
    config: RequestConfig<Options>,
    options: Options,
    fail: (result: RequestResult, message: string) => Error,
  ) => {
    const controller = new AbortController();
    const run = async (): Promise<T> => {
      const name = `${options.method} ${options.url}`;
      const descriptor = descriptors.get(name);
      let client: Client;
      let headers: Record<string, string> | undefined;
      try {
        if (descriptor === undefined) throw new TypeError('no operation has this method and path');
        client = clientOf(config, options, clients);
        const { HEADERS } = config;
        headers = typeof HEADERS === 'function' ? await HEADERS(options) : HEADERS;
      } catch (cause) {
        const operationId = descriptor?.id ?? name;
        throw new RequestError(
          cause instanceof Error ? cause.message : String(cause),
          { operationId, attempts: 0 },
          cause,
        );
      }
      const { signal } = controller;
      const result = await call(descriptor, paramsOf(options, descriptor), { client, signal, headers });
      if (!result.ok) throw fail(resultOf(result), options.errors?.[result.status] ?? `${result.status}`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the service's types are the contract's
      return result.data as T;
    };
    return { body: run(), cancel: () => controller.abort() };
  };
}

interface KnownClient {
  readonly key: string;
  readonly client: Client;
  /** The options of the call that began last: what a token's provider is asked with. */
  options: RequestOptions;
}

/** The client of a configuration; the default one where it says neither where the API is nor what the token is. */
function clientOf<Options extends RequestOptions>(
  config: RequestConfig<Options>,
  options: Options,
  clients: WeakMap<object, KnownClient>,
): Client {
  if (config.USERNAME !== undefined || config.PASSWORD !== undefined) {
    throw new TypeError(
      'OpenAPI.USERNAME and OpenAPI.PASSWORD are not sent: give the token as OpenAPI.TOKEN',
    );
  }
  if (config.ENCODE_PATH !== undefined) {
    throw new TypeError('OpenAPI.ENCODE_PATH is not used: parameters are encoded as the contract says');
  }
  if (config.BASE === '' && config.TOKEN === undefined) return getDefaultClient();
  const credentials = config.WITH_CREDENTIALS ? config.CREDENTIALS : undefined;
  const key = JSON.stringify([config.BASE, credentials]);
  let known = clients.get(config);
  if (known?.key !== key) {
    const made: KnownClient = {
      key,
      options,
      client: createClient({
        baseUrl: config.BASE === '' ? '/' : config.BASE,
        // Asked at the time of a call: `OpenAPI.TOKEN` may be set, or changed, after the first one.
        auth: () => {
          const { TOKEN } = config;
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- options of a call with this configuration
          return typeof TOKEN === 'function' ? TOKEN(made.options as Options) : TOKEN;
        },
        fetchOptions: credentials === undefined ? undefined : { credentials },
      }),
    };
    known = made;
    clients.set(config, known);
  }
  known.options = options;
  return known.client;
}

/** The parameters under the keys of our operation. */
function paramsOf(options: RequestOptions, descriptor: OperationDescriptor): Record<string, unknown> {
  const keys = new Map(Object.entries(descriptor.names ?? {}).map(([key, name]) => [name, key]));
  const params: Record<string, unknown> = {};
  for (const given of [options.path, options.query, options.cookies]) {
    for (const [name, value] of Object.entries(given ?? {})) params[keys.get(name) ?? name] = value;
  }
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    params[keys.get(name) ?? name.toLowerCase()] = value;
  }
  const body = options.body ?? options.formData;
  if (body !== undefined) params['body'] = body;
  if (body !== undefined && options.mediaType !== undefined) params['contentType'] = options.mediaType;
  return params;
}

function resultOf({ response, ok, status, data }: AnyResult): RequestResult {
  return { url: response.url, ok, status, statusText: response.statusText, body: data };
}

function hasDescriptor(value: unknown): value is { readonly descriptor: OperationDescriptor } {
  return typeof value === 'function' && 'descriptor' in value;
}
