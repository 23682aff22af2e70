import { http, HttpResponse, type HttpHandler } from 'msw';

import type { Operation } from '../runtime/operation.ts';
import type { AnyResult } from '../runtime/result.ts';
import type { Components, JsonSchema } from './json-schema.ts';
import { pathPredicate } from './path-predicate.ts';
import { createRandom } from './random.ts';
import { sample, type Sampling } from './sample.ts';

/** What a response of the contract carries. */
export interface MockResponse {
  /** Absent when it has no body. */
  readonly type?: string;
  /** Absent when the body is octets. */
  readonly schema?: JsonSchema;
  readonly headers?: Readonly<Record<string, JsonSchema>>;
}

/** The responses of an operation, by status. */
export type MockResponses = Readonly<Record<string, MockResponse>>;

/** Where the mocked API is, and what its data depends on. */
export interface MockSettings {
  /** Default: `*`, any origin and any path before that of the operation. */
  readonly baseUrl?: string | undefined;
  /** The same seed gives the same data for the same request. Default: 1. */
  readonly seed?: number | undefined;
}

/** The request that a mock answers. */
export interface MockRequest {
  readonly request: Request;
  /** Path parameters. */
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What a mock answers: a status of the contract, and what is to be said rather than made up. */
export type MockReply<R extends AnyResult> = R extends unknown
  ? {
      readonly status: R['status'];
      /** Members that replace those that were made up; anything but an object replaces all of it. */
      // oxlint-disable-next-line typescript/no-generated-empty-object-type -- the type of a union's branches is not known here
      readonly data?: R['data'] extends readonly unknown[] ? R['data'] : Partial<R['data']>;
      readonly headers?: Partial<R['headers']>;
    }
  : never;

/** Makes the handler of one operation: `getTicketMock({ status: 404 })`. */
export interface MockFactory<R extends AnyResult> {
  /** Without a reply it answers its first success. */
  (
    reply?: MockReply<R> | ((request: MockRequest) => MockReply<R> | Promise<MockReply<R>>),
    settings?: MockSettings,
  ): HttpHandler;
  /** The statuses that the contract declares; ranges as their first status. */
  readonly statuses: readonly number[];
}

interface AnyReply {
  readonly status: number;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** Makes the factory of an operation's handler; generated code calls it once for each operation. */
export function mockOf<Params, R extends AnyResult>(
  operation: Operation<Params, R>,
  components: Components,
  responses: MockResponses,
): MockFactory<R> {
  const { id, method, path } = operation.descriptor;
  const statuses = Object.keys(responses).map(firstStatus);
  const success = statuses.find((status) => status >= 200 && status < 300) ?? 200;
  const make = (reply: unknown, { baseUrl = '*', seed = 1 }: MockSettings = {}): HttpHandler => {
    return methodOf(method)(pathPredicate(baseUrl, path), async ({ request, params }) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the factory's type says what it is
      const given = (typeof reply === 'function' ? await reply({ request, params }) : reply) as
        | AnyReply
        | undefined;
      const { status, ...said } = given ?? { status: success };
      const response = responseOf(responses, status);
      if (!response) throw new Error(`${id}: the contract has no response ${status}`);
      const { pathname, search } = new URL(request.url);
      const random = createRandom(seed, [method, pathname, search, status].join(' '));
      return respond(response, { status, ...said }, { components, random });
    });
  };
  return Object.assign(make, { statuses });
}

function methodOf(method: string): typeof http.get {
  const name = method.toLowerCase();
  if (name === 'get' || name === 'put' || name === 'post' || name === 'delete' || name === 'patch')
    return http[name];
  return name === 'head' ? http.head : http.options;
}

/** `4XX` begins at 400, `default` is whatever a server says that it failed with. */
function firstStatus(status: string): number {
  return status === 'default' ? 500 : Number(status.replace('XX', '00'));
}

function responseOf(responses: MockResponses, status: number): MockResponse | undefined {
  return responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses['default'];
}

function respond(
  { type, schema, headers = {} }: MockResponse,
  reply: AnyReply,
  sampling: Sampling,
): Response {
  const { status } = reply;
  const all = new Headers();
  for (const [name, headerSchema] of Object.entries(headers)) {
    const value = reply.headers?.[name] ?? sample(headerSchema, sampling);
    if (value !== null) all.set(name, textOf(value));
  }
  if (type === undefined) return new HttpResponse(null, { status, headers: all });
  all.set('content-type', type);
  if (!/[/+]json$/.test(type)) {
    const text = reply.data ?? (schema === undefined ? 'octets' : sample(schema, sampling));
    return new HttpResponse(text instanceof Blob ? text : textOf(text), { status, headers: all });
  }
  const made = sample(schema ?? true, sampling);
  const isProblem = type === 'application/problem+json';
  const body = merge(merge(made, isProblem ? { status } : undefined), reply.data);
  return new HttpResponse(JSON.stringify(body), { status, headers: all });
}

/** Members of an object replace those of another; what is undefined is taken away. */
function merge(made: unknown, said: unknown): unknown {
  if (said === undefined) return made;
  const both = [made, said].every(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  return both ? Object.assign({}, made, said) : said;
}

/** A value as a header or a text has it. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null) return Object.entries(value).flat().map(textOf).join();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
