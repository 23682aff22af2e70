import type { Exchange } from '#kernel/http/exchange.ts';
import type { BoundOperation } from '../bound-operation.ts';
import type { ResponseChecks, RuntimeOptions } from '../runtime-options.ts';
import {
  contentTypeOf,
  encodeBody,
  type EncodedBody,
  contentIndex,
  describingIndex,
  parseHandlerResponse,
  type HandlerResponse,
  ResponseError,
  encodeHeaders,
} from './handler-response.ts';
import { isAccepted, parseMediaType } from '../body/content-negotiation.ts';
import { isNotModified } from '../entity-tags.ts';
import type { PreparedResponse } from './send-response.ts';

/** Statuses that never have a body. Source: RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5. */
const BODILESS = new Set([204, 205, 304]);

/**
 * Checks and encodes what a handler returned. Nothing is sent before all of it is known to be good, so a defect becomes a
 * problem rather than half a response.
 *
 * @throws {ResponseError} when the response cannot be sent, or breaks the contract and checks are enforced.
 */
export async function prepareResponse(
  { request }: Exchange,
  bound: BoundOperation,
  answer: unknown,
  options: RuntimeOptions,
): Promise<PreparedResponse> {
  const { operation } = bound;
  const handled = parseHandlerResponse(operation, answer);
  const headers = encodeHeaders(operation, handled);
  const etag = typeof headers['etag'] === 'string' ? headers['etag'] : undefined;
  const encoded = encode(bound, handled);
  const breaches = [
    ...findBreaches(bound, handled, encoded, options.responseChecks),
    ...findUnaccepted(bound, request.headers.accept, encoded),
  ];
  if (breaches.length > 0) {
    const error = new ResponseError(operation.id, breaches.join(' '));
    if (options.responseChecks === 'enforce') throw error;
    options.logger.error({ err: error, operation: operation.id }, 'A response breaks the contract.');
  }
  // Of an operation with optional credentials too: a response to a user is not one for everybody.
  if (bound.access !== 'public') headers['cache-control'] ??= 'no-store';
  const wanted = isGet(request) ? request.headers['if-none-match'] : undefined;
  if (wanted !== undefined && handled.status === 200 && isNotModified(wanted, etag)) {
    await discard(encoded?.body);
    return { status: 304, headers, contentType: undefined, body: undefined };
  }
  return { status: handled.status, headers, contentType: encoded?.contentType, body: encoded?.body };
}

/** Source: RFC 9110 section 13.1.2: other methods are not conditional in this way. */
function isGet({ method }: Exchange['request']): boolean {
  return method === 'GET' || method === 'HEAD';
}

interface Encoded {
  readonly body: EncodedBody;
  readonly contentType: string;
  /** Index of the described response's content. */
  readonly index: number;
}

/** Undefined when the response has no body. */
function encode(
  { operation, shapes, validator }: BoundOperation,
  handled: HandlerResponse,
): Encoded | undefined {
  const described = describingIndex(operation.responses, handled.status);
  const contents = operation.responses[described]?.content ?? [];
  if (handled.body === undefined || BODILESS.has(handled.status)) return undefined;
  const index = contentIndex(contents, handled.contentType);
  const content = contents[index] ?? { mediaType: 'application/json', kind: 'json' as const };
  const shape = shapes.responses[described]?.contents[index];
  const isJson = content.kind === 'json' || content.kind === 'problem';
  const declared = isJson && shape !== undefined ? validator.pickDeclared(shape, handled.body) : handled.body;
  return {
    body: encodeBody(operation, content, declared),
    contentType: contentTypeOf(content, handled.contentType),
    index,
  };
}

/** What of the contract a response breaks, in sentences. */
function findBreaches(
  { operation, shapes, validator }: BoundOperation,
  handled: HandlerResponse,
  encoded: Encoded | undefined,
  checks: ResponseChecks,
): readonly string[] {
  const index = describingIndex(operation.responses, handled.status);
  const description = operation.responses[index];
  if (description === undefined) return [`the contract does not declare the status ${handled.status}.`];
  const breaches = description.headers
    .filter(({ name, required }) => required && handled.headers[name.toLowerCase()] === undefined)
    .map(({ name }) => `the response ${handled.status} lacks the header ${name}.`);
  if (encoded === undefined && description.content.length > 0 && !BODILESS.has(handled.status)) {
    return [...breaches, `the response ${handled.status} lacks its body.`];
  }
  if (encoded !== undefined && encoded.index === -1) {
    return [...breaches, `the response ${handled.status} has no content of this type.`];
  }
  if (checks === 'off' || breaches.length > 0) return breaches;
  const shape = shapes.responses[index];
  const shapeIndex = encoded === undefined ? shape?.withoutBody : shape?.contents[encoded.index];
  if (shapeIndex === undefined) return breaches;
  const failures = validator.checkResponse(shapeIndex, {
    headers: handled.headers,
    ...readBack(description.content[encoded?.index ?? -1]?.kind, handled.body, encoded?.body),
  });
  return failures.map((failure) => `the response ${handled.status} is not valid: ${failure}.`);
}

/** A handler that could choose a type chooses one that the client takes. Source: RFC 9110 section 12.5.1. */
function findUnaccepted(
  { negotiatedTypes }: BoundOperation,
  accept: string | undefined,
  encoded: Encoded | undefined,
): readonly string[] {
  if (negotiatedTypes.length < 2 || encoded === undefined) return [];
  const essence = parseMediaType(encoded.contentType)?.essence;
  if (essence === undefined || isAccepted(accept, [essence])) return [];
  return [
    `the response is ${essence}, which the client does not take; preferredType of the request says what it takes.`,
  ];
}

/** The body as a client would read it, with what is undeclared and not sent: its author is to know of that. */
function readBack(
  kind: string | undefined,
  value: unknown,
  body: EncodedBody | undefined,
): { readonly body?: unknown } {
  if (typeof body !== 'string') return {};
  if (kind === 'form') return { body: Object.fromEntries(new URLSearchParams(body)) };
  if (kind === 'text') return { body };
  const read: unknown = JSON.parse(JSON.stringify(value));
  return { body: read };
}

async function discard(body: EncodedBody | undefined): Promise<void> {
  if (body instanceof ReadableStream) await body.cancel();
}
