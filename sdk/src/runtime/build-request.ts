import type { CallOptions, Client } from './client.ts';
import type { GivenParameters, OperationDescriptor } from './descriptor.ts';
import type { BodyLike, HeadersLike } from './platform-types.ts';
import { simple } from './encode-parameter.ts';

/** A request, before hooks and the token. */
export interface BuiltRequest {
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: BodyLike | undefined;
}

/** Parameters of a call by their keys, the body among them. */
export type Params = Readonly<Record<string, unknown>>;

const JSON_OR_PROBLEM = 'application/json, application/problem+json';

/**
 * Puts parameters and body where the contract says.
 * @throws {TypeError} when a path parameter is missing or would change the path, or `headers` hold credentials.
 */
export function buildRequest(
  client: Client,
  descriptor: OperationDescriptor,
  params: Params,
  options: CallOptions,
): BuiltRequest {
  const given: GivenParameters = (encoders, put) => {
    for (const key in encoders) {
      const value = own(params, key);
      const name = descriptor.names?.[key] ?? key;
      const text = value === undefined ? value : encoders[key]?.(name, value);
      if (text !== undefined) put(text, name);
    }
  };
  const headers = startHeaders(client, descriptor);
  given(descriptor.headers, (text, name) => {
    headers[name] = text;
  });
  addKey(headers, descriptor);
  descriptor.cookies?.(given, headers);
  const body = descriptor.body?.(params, headers);
  Object.assign(headers, plain(options.headers));
  assertNoToken(headers);
  let url = client.baseUrl + buildPath(descriptor, params);
  let separator = '?';
  given(descriptor.query, (text) => {
    url += separator + text;
    separator = '&';
  });
  return { url, headers, body };
}

/** The headers that every request of an operation begins with: those of the client, and what it accepts. */
export function startHeaders(client: Client, descriptor: OperationDescriptor): Record<string, string> {
  return { ...plain(client.settings.headers), accept: descriptor.accept ?? JSON_OR_PROBLEM };
}

/** Makes a request safe to send again, where the operation declares the header for it. */
export function addKey(headers: Record<string, string>, descriptor: OperationDescriptor): void {
  if (descriptor.key) headers[KEY] ??= descriptor.key();
}

/** @throws {TypeError} when there is a token among the headers. */
export function assertNoToken(headers: Record<string, string>): void {
  if (headers['authorization']) throw new TypeError('a token is given as auth, not in headers');
}

/**
 * A URL parser takes the segments `.` and `..` away, and the segment before them: it would be another resource.
 * @throws {TypeError} when a path has one.
 */
export function assertPath(path: string, which = ''): void {
  if (/\/\.\.?(\/|$)/.test(path)) throw new TypeError(`a path parameter is . or ..${which}`);
}

/** The header that makes a request safe to send again (draft-ietf-httpapi-idempotency-key-header). */
export const KEY = 'idempotency-key';

/** Headers in any of the forms that `fetch` takes, names in lower case. */
function plain(init: HeadersLike | undefined): Record<string, string> {
  return init ? Object.fromEntries(new Headers(init)) : {};
}

/** A parameter, never what every object inherits: `constructor` may be a parameter's name. */
function own(params: Params, key: string): unknown {
  return Object.hasOwn(params, key) ? params[key] : undefined;
}

function buildPath(descriptor: OperationDescriptor, params: Params): string {
  let dots = '';
  const path = descriptor.path.replaceAll(/\{(.+?)\}/g, (_, name: string) => {
    const value = own(params, name);
    const encode = descriptor.pathStyles?.[name];
    const text = value == null && !encode ? '' : (encode ?? simple)(name, value ?? null);
    if (!text) throw new TypeError(`${name} is missing or empty (style simple)`);
    if (/^\.\.?$/.test(text)) dots = `: ${name} (style simple)`;
    return text;
  });
  assertPath(path, dots);
  return path;
}
