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

/**
 * Puts parameters and body where the contract says.
 * @throws {TypeError} when a path parameter is missing or would change the path, or `headers` hold credentials.
 */
export function buildRequest(
  client: Client,
  descriptor: OperationDescriptor,
  all: Params,
  options: CallOptions,
): BuiltRequest {
  // Without what every object inherits: `constructor` may be a parameter's name.
  const params: Params = { __proto__: null, ...all };
  const given: GivenParameters = (encoders, put) => {
    for (const [key, encode] of Object.entries(encoders ?? {})) {
      const value = params[key];
      const name = descriptor.names?.[key] ?? key;
      if (value !== undefined) put(encode(name, value), name);
    }
  };
  const headers = startHeaders(client, descriptor);
  given(descriptor.headers, (text, name) => {
    headers[name] = text;
  });
  descriptor.addKey?.(headers);
  descriptor.cookies?.(given, headers);
  const body = descriptor.body?.(params, headers);
  Object.assign(headers, plain(options.headers));
  assertNoToken(headers);
  const url = client.baseUrl + buildPath(descriptor, params) + (descriptor.query?.(given) ?? '');
  return { url, headers, body };
}

/** The headers that every request of an operation begins with: those of the client, and what it accepts. */
export function startHeaders({ settings }: Client, { accept }: OperationDescriptor): Record<string, string> {
  return {
    ...plain(settings.headers),
    accept: accept ?? 'application/json, application/problem+json',
  };
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

/** Headers in any of the forms that `fetch` takes, names in lower case. */
function plain(init: HeadersLike | undefined): Record<string, string> {
  return Object.fromEntries(new Headers(init ?? {}));
}

function buildPath({ path, pathStyles }: OperationDescriptor, params: Params): string {
  let dots = '';
  const built = path.replaceAll(/\{(.+?)\}/g, (_, name: string) => {
    const value = params[name];
    const encode = pathStyles?.[name];
    const text = value == null && !encode ? '' : (encode ?? simple)(name, value ?? null);
    if (!text) throw new TypeError(`${name} is missing or empty (style simple)`);
    if (/^\.\.?$/.test(text)) dots = `: ${name} (style simple)`;
    return text;
  });
  assertPath(built, dots);
  return built;
}
