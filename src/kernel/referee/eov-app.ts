import readCookies from 'cookie-parser';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import { FORMATS } from '#kernel/contract/validation/formats.ts';
import { isJsonObject, type JsonObject } from '#kernel/contract/validation/json-document.ts';
import type { ReplayLocals } from './replay.ts';

/** How the fields of a body are typed: JSON has types, the texts of a form are read as what the schema says. */
export type BodyTyping = 'typed' | 'texts';

type Layer = RequestHandler<object, unknown, unknown, unknown, ReplayLocals>;
type ErrorLayer = ErrorRequestHandler<object, unknown, unknown, unknown, ReplayLocals>;

/** Formats that the library checks although no standard has them: an author's notes. */
const NOTES = ['url', 'iso-time', 'iso-date-time', 'json-pointer-uri-fragment'];

/** By the names that contracts have for them. */
const OUR_FORMATS = Object.fromEntries([
  ...NOTES.map((name) => [name, { type: 'string' as const, validate: (): boolean => true }] as const),
  ...Object.entries(FORMATS).map(
    ([name, format]) =>
      [
        name.replace('rfc3339-', ''),
        {
          type: 'string' as const,
          validate: format instanceof RegExp ? (text: string): boolean => format.test(text) : format.validate,
        },
      ] as const,
  ),
]);

const accept: Layer = (_request, response) => {
  response.locals.settle({ isAccepted: true });
};
// Express knows an error handler by its four parameters.
const refuse: ErrorLayer = (error: unknown, _request, response, _next) => {
  response.locals.settle({ isAccepted: false, error });
};

/**
 * A plain Express app in which express-openapi-validator judges requests by a contract, as its documentation says: it finds the operation,
 * reads the parameters and checks the body by itself. The app answers nothing; it settles with what it came to.
 *
 * @param document a module's contract.
 */
export function createEovApp(document: object, typing: BodyTyping, limitBytes: number): Express {
  const app = express();
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('query parser', 'simple');
  const limit = limitBytes;
  app.use(readCookies());
  app.use(express.json({ limit, strict: false, type: isJson }));
  app.use(express.urlencoded({ limit, extended: false, parameterLimit: limitBytes }));
  app.use(express.text({ limit, type: 'text/*' }));
  app.use(
    middleware({
      apiSpec: toApiSpec(document),
      validateApiSpec: false,
      validateRequests: { allErrors: true, coerceTypes: typing === 'texts' ? 'array' : false },
      validateResponses: false,
      validateSecurity: false,
      fileUploader: typing === 'texts' ? { limits: { fileSize: limitBytes } } : false,
      ajvFormats: { mode: 'full' },
      formats: OUR_FORMATS,
    }),
  );
  app.use(accept);
  app.use(refuse);
  return app;
}

function isJson({
  headers,
}: {
  readonly headers: { readonly 'content-type'?: string | undefined };
}): boolean {
  return /^\s*[^;\s]+\/(?:[^;\s]+\+)?json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}

/**
 * The contract for the library: a copy, because it changes the document that it is given. Reserved characters and empty values in a query
 * are legal wherever we decode by the contract (RFC 3986 section 3.4); the library takes them only where these two keywords say so.
 */
function toApiSpec(document: object): Parameters<typeof middleware>[0]['apiSpec'] {
  const holder: { apiSpec?: Parameters<typeof middleware>[0]['apiSpec'] } = {};
  const apiSpec: unknown = structuredClone(document);
  for (const parameter of parametersOf(apiSpec)) {
    if (parameter['in'] !== 'query' || 'content' in parameter) continue;
    Object.assign(parameter, { allowReserved: true, allowEmptyValue: true });
  }
  Object.assign(holder, { apiSpec });
  if (holder.apiSpec === undefined) throw new Error('There is no contract to judge by.');
  return holder.apiSpec;
}

function* parametersOf(node: unknown): Generator<JsonObject> {
  if (Array.isArray(node)) for (const item of node) yield* parametersOf(item);
  if (!isJsonObject(node)) return;
  if (typeof node['in'] === 'string' && typeof node['name'] === 'string') yield node;
  for (const member of Object.values(node)) yield* parametersOf(member);
}
