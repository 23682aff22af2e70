import type { JsonObject } from './contract.ts';

/** What an operation has that makes the server's runtime answer in a certain way, whatever its handler does. */
export type OperationFact =
  | 'always'
  /** `security` asks for credentials. */
  | 'credentials'
  /** `security` or `x-required-scopes` asks for scopes. */
  | 'scopes'
  /** Some response below 400 has content. */
  | 'content'
  | 'body'
  /** A header parameter `Idempotency-Key`. */
  | 'idempotency-key'
  /** A required header parameter `If-Match`. */
  | 'required-if-match';

/** An answer that operations have without saying so. */
export interface RuntimeResponse {
  readonly status: number;
  readonly when: OperationFact;
  /** Name under `components/responses`. A component of this name in `specs/common` is taken instead. */
  readonly component: string;
  readonly description: string;
  /** Names of `headers` below. */
  readonly headers: readonly string[];
  /** The problem as the server sends it, but for the members that each occurrence has. Source: RFC 9457 section 3. */
  readonly problem: {
    readonly type: string;
    readonly title: string;
    readonly detail: string;
    readonly errors?: readonly JsonObject[];
  };
}

/** Bounds of the bodies that the server reads. It refuses a body beyond them, even where the contract allows it. */
export interface BodyLimits {
  /** Parts of a multipart body. */
  readonly parts: number;
  /** Fields of a form. */
  readonly fields: number;
  /** Arrays and objects of a JSON body inside one another. */
  readonly depth: number;
  /** Values of a JSON body, arrays and objects included. */
  readonly values: number;
  /** Names of properties that it refuses in every body. */
  readonly names: readonly string[];
}

/** What the compiler knows of the server that is to serve a contract. */
export interface ServerRuntime {
  /** What it answers by itself; one for each status, ascending. */
  readonly responses: readonly RuntimeResponse[];
  /** Header objects by name, under `components/headers`; one of the name in `specs/common` is taken instead. */
  readonly headers: Readonly<Record<string, JsonObject>>;
  /** Paths that it serves itself, so that no operation can have them. */
  readonly paths: readonly string[];
  /**
   * The security schemes whose credentials it can check, by their names in the contract, with the members that tell them apart;
   * null when that is not known.
   */
  readonly schemes: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
  readonly limits: BodyLimits;
}

/** For a server of which nothing is known. */
export const ANY_RUNTIME: ServerRuntime = {
  responses: [],
  headers: {},
  paths: [],
  schemes: null,
  limits: { parts: Infinity, fields: Infinity, depth: Infinity, values: Infinity, names: [] },
};

/** The contract runtime of this project. Tests hold it to what a server does. */
export const SERVER_RUNTIME: ServerRuntime = {
  paths: [
    '/',
    '/docs',
    '/docs/',
    '/docs/favicon-32x32.png',
    '/docs/reference.js',
    '/docs/swagger-ui-bundle.js',
    '/docs/swagger-ui.css',
    '/healthz',
    '/livez',
    '/openapi.json',
    '/openapi.yaml',
  ],
  schemes: { bearerAuth: { type: 'http', scheme: 'bearer' } },
  limits: {
    parts: 200,
    fields: 1000,
    depth: 64,
    values: 20_000,
    names: ['__proto__', 'constructor', 'prototype'],
  },
  responses: [
    {
      status: 400,
      when: 'always',
      component: 'BadRequest',
      description: 'The request does not match the contract; `errors` says where.',
      headers: [],
      problem: {
        type: '/problems/invalid-request',
        title: 'Bad Request',
        detail: 'The request does not match the contract of this operation.',
        errors: [
          { code: 'unknownParameter', parameter: 'colour', detail: 'is not a parameter of this operation' },
        ],
      },
    },
    {
      status: 401,
      when: 'credentials',
      component: 'Unauthorized',
      description: 'The token is missing or not valid.',
      headers: ['WWW-Authenticate'],
      problem: {
        type: '/problems/invalid-token',
        title: 'Authentication required',
        detail: 'The access token is not valid.',
      },
    },
    {
      status: 403,
      when: 'scopes',
      component: 'InsufficientScope',
      description: 'The token is valid, but does not carry the scope that this operation needs.',
      headers: ['WWW-Authenticate'],
      problem: {
        type: '/problems/insufficient-scope',
        title: 'Not allowed',
        detail: 'The access token does not carry the scope that this operation needs.',
      },
    },
    {
      status: 406,
      when: 'content',
      component: 'NotAcceptable',
      description: 'No representation matches the `Accept` header.',
      headers: [],
      problem: {
        type: '/problems/not-acceptable',
        title: 'Not Acceptable',
        detail: 'This operation answers with application/json.',
      },
    },
    {
      status: 409,
      when: 'idempotency-key',
      component: 'Conflict',
      description: 'The request conflicts with what is there.',
      headers: [],
      problem: {
        type: '/problems/idempotent-request-running',
        title: 'Conflict',
        detail: 'A request with this Idempotency-Key is under way. Try again when Retry-After has passed.',
      },
    },
    {
      status: 413,
      when: 'body',
      component: 'ContentTooLarge',
      description: "The request's body is larger than the server takes.",
      headers: [],
      problem: {
        type: '/problems/body-too-large',
        title: 'Payload Too Large',
        detail: 'The body is larger than 1048576 bytes.',
      },
    },
    {
      status: 415,
      when: 'body',
      component: 'UnsupportedMediaType',
      description:
        "The request's body is of another media type, charset or encoding than the operation takes.",
      headers: [],
      problem: {
        type: '/problems/unsupported-media-type',
        title: 'Unsupported Media Type',
        detail: 'The body is of another type. This operation takes application/json.',
      },
    },
    {
      status: 422,
      when: 'idempotency-key',
      component: 'IdempotencyKeyReused',
      description: 'The `Idempotency-Key` was used for another request.',
      headers: [],
      problem: {
        type: '/problems/idempotency-key-reused',
        title: 'Unprocessable request',
        detail: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
      },
    },
    {
      status: 428,
      when: 'required-if-match',
      component: 'PreconditionRequired',
      description: 'The request needs an `If-Match` header (RFC 6585, section 3).',
      headers: [],
      problem: {
        type: '/problems/if-match-required',
        title: 'Precondition Required',
        detail: 'This operation needs If-Match with the ETag of the version that the change was made from.',
      },
    },
    {
      status: 429,
      when: 'always',
      component: 'TooManyRequests',
      description:
        'Too many requests in a short time; `RateLimit` says what is left and when it begins again.',
      headers: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
      problem: {
        type: '/problems/rate-limited',
        title: 'Too many requests',
        detail: 'Too many requests in a short time. Try again when Retry-After has passed.',
      },
    },
    {
      status: 500,
      when: 'always',
      component: 'InternalServerError',
      description: 'The server failed; `requestId` finds the reason in its logs.',
      headers: [],
      problem: {
        type: '/problems/internal-error',
        title: 'Internal Server Error',
        detail: 'The server could not answer this request.',
      },
    },
    {
      status: 503,
      when: 'always',
      component: 'ServiceUnavailable',
      description: 'The server cannot answer at the moment; try again.',
      headers: ['Retry-After'],
      problem: {
        type: '/problems/database-unavailable',
        title: 'Temporarily unavailable',
        detail: 'The service cannot reach its data at the moment. Try again shortly.',
      },
    },
  ],
  headers: {
    'WWW-Authenticate': {
      description: 'How to authenticate (RFC 6750, section 3).',
      required: true,
      schema: { type: 'string', maxLength: 1024 },
      example: 'Bearer error="invalid_token"',
    },
    RateLimit: {
      description:
        'What is left of each limit (draft-ietf-httpapi-ratelimit-headers): `r` requests, and `t` seconds until the window begins again.\n',
      schema: { type: 'string', maxLength: 1024 },
      example: '"caller";r=5999;t=60',
    },
    'RateLimit-Policy': {
      description: 'The budgets themselves, `q` requests in each window of `w` seconds.',
      schema: { type: 'string', maxLength: 1024 },
      example: '"caller";q=6000;w=60',
    },
    'Retry-After': {
      description: 'Seconds to wait before trying again.',
      schema: { type: 'integer', minimum: 0, maximum: 86400 },
      example: 1,
    },
  },
};
