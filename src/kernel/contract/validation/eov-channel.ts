import { middleware } from 'express-openapi-validator';
import { FORMATS } from './formats.ts';
import { isJsonObject, type JsonObject } from './json-document.ts';

/** One failure of a response as express-openapi-validator reports it; `path` is a JSON pointer from the shape's root. */
export interface ResponseFailure {
  readonly path: string;
  readonly message: string;
}

/** What of express-openapi-validator's own request properties is used: the operation that it matched. */
interface ShapeRequest {
  readonly method: 'POST';
  readonly originalUrl: string;
  readonly path: string;
  readonly baseUrl: '';
  readonly headers: Readonly<Record<string, string>>;
  readonly app: { readonly enabled: () => boolean };
  query: Record<string, never>;
  params: Record<string, never>;
  openapi: unknown;
  body: unknown;
}

type Next = (error?: unknown) => void;
type Step = (request: ShapeRequest, response: ShapeResponse, next: Next) => unknown;

interface ShapeResponse {
  readonly statusCode: 200;
  readonly headersSent: false;
  readonly getHeaders: () => Readonly<Record<string, string>>;
  json: (body: unknown) => unknown;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/**
 * One express-openapi-validator instance over a derived document (`validation-document.ts`). Its middlewares are called
 * directly with requests made for them, never with the client's: they see one method, one header and one body, so its
 * route matching, security, parameter parsing and per-content-type caches have nothing to go wrong on. The route of
 * each shape is matched once, when it is prepared; requests then cost the same whatever the number of operations.
 */
export class EovChannel {
  readonly #match: Step;
  readonly #request: Step;
  readonly #response: Step | undefined;
  readonly #matched = new Map<string, unknown>();

  constructor(document: JsonObject, options: { readonly responses: boolean }) {
    const steps = middleware({
      // The library changes the document that it is given.
      apiSpec: toApiSpec(structuredClone(document)),
      validateApiSpec: false,
      // What is wrong is found by `ShapeReport`; here it costs less to stop at the first failure.
      validateRequests: { allErrors: false },
      validateResponses: options.responses ? { allErrors: true } : false,
      validateSecurity: false,
      fileUploader: false,
      validateFormats: true,
      ajvFormats: { mode: 'full' },
      formats: FORMATS,
    });
    this.#match = namedStep(steps, 'metadataMiddleware');
    this.#request = namedStep(steps, 'requestMiddleware');
    this.#response = options.responses ? namedStep(steps, 'responseMiddleware') : undefined;
  }

  /** Matches a shape's route. @throws when the document cannot be loaded or lacks the path. */
  async prepare(path: string): Promise<void> {
    if (this.#matched.has(path)) return;
    const request = createRequest(path, undefined, undefined);
    await run(this.#match, request, createResponse());
    if (request.openapi === undefined) throw new Error(`The validator does not know its own path ${path}.`);
    this.#matched.set(path, request.openapi);
  }

  /** Whether a request's shape is valid. Applies defaults to it, in place. */
  async acceptsRequest(path: string, shape: unknown): Promise<boolean> {
    await this.prepare(path);
    const request = createRequest(path, this.#matched.get(path), shape);
    const failures = await collectFailures(() => run(this.#request, request, createResponse()));
    return failures.length === 0;
  }

  /** Checks a response's shape; it is not changed. */
  async checkResponse(path: string, shape: unknown): Promise<readonly ResponseFailure[]> {
    const step = this.#response;
    if (step === undefined) return [];
    await this.prepare(path);
    const request = createRequest(path, this.#matched.get(path), undefined);
    const response = createResponse();
    return collectFailures(
      () =>
        new Promise<void>((resolve, reject) => {
          // The step hooks `json` and calls next; the hook calls next again, with what is wrong.
          let isHooked = false;
          void step(request, response, (error) => {
            if (error !== undefined) reject(toError(error));
            else if (!isHooked) {
              isHooked = true;
              response.json(shape);
              resolve();
            }
          });
        }),
    );
  }
}

function namedStep(steps: readonly unknown[], name: string): Step {
  const step = steps.find((candidate) => typeof candidate === 'function' && candidate.name === name);
  if (!isStep(step)) {
    throw new Error(`express-openapi-validator has no ${name}: this version is not the one in package.json.`);
  }
  return step;
}

function isStep(value: unknown): value is Step {
  return typeof value === 'function';
}

/** Both are OpenAPI documents; the library's type spells every keyword out and ours does not. */
function toApiSpec(document: JsonObject): Parameters<typeof middleware>[0]['apiSpec'] {
  const holder: { apiSpec?: Parameters<typeof middleware>[0]['apiSpec'] } = {};
  Object.assign(holder, { apiSpec: document });
  if (holder.apiSpec === undefined) throw new Error('There is no document to validate with.');
  return holder.apiSpec;
}

function createRequest(path: string, openapi: unknown, body: unknown): ShapeRequest {
  return {
    method: 'POST',
    originalUrl: path,
    path,
    baseUrl: '',
    headers: JSON_HEADERS,
    app: { enabled: () => true },
    query: {},
    params: {},
    openapi,
    body,
  };
}

function createResponse(): ShapeResponse {
  return {
    statusCode: 200,
    headersSent: false,
    getHeaders: () => JSON_HEADERS,
    json: () => undefined,
  };
}

function run(step: Step, request: ShapeRequest, response: ShapeResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    void step(request, response, (error) => {
      if (error === undefined) resolve();
      else reject(toError(error));
    });
  });
}

async function collectFailures(check: () => Promise<void>): Promise<readonly ResponseFailure[]> {
  try {
    await check();
    return [];
  } catch (error) {
    const failures = isJsonObject(error) ? error['errors'] : undefined;
    if (!Array.isArray(failures)) throw error;
    return failures.map((failure: unknown) => toFailure(isJsonObject(failure) ? failure : {}));
  }
}

/** The library's pointers start at its own `/body` or `/response`. */
function toFailure(failure: JsonObject): ResponseFailure {
  return {
    path: String(failure['path']).replace(/^\/(?:body|response)/, ''),
    message: String(failure['message']),
  };
}

function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error('express-openapi-validator failed.', { cause: value });
}
