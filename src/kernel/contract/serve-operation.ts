import { DomainError } from '#kernel/domain/domain-error.ts';
import type { Exchange } from '#kernel/http/exchange.ts';
import type { ProblemItem } from '#kernel/http/problems/problem.ts';
import { ContractError, ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import {
  MAY_BE_EMPTY,
  chooseContent,
  type ChosenContent,
  isAccepted,
  preferredType,
} from './body/content-negotiation.ts';
import { parseBody, bodyTooLarge, readBody, streamBody } from './body/request-body.ts';
import type { BoundOperation } from './bound-operation.ts';
import type { OptionalAuthContext } from './context.ts';
import type { BodyKind } from './operation.ts';
import { decodeParameters } from './decode/decode-parameters.ts';
import { fingerprintOf, readKey, checkIfMatch } from './extensions/guard-headers.ts';
import type { User } from './ports.ts';
import { checkRefusal } from './respond/check-refusal.ts';
import { prepareResponse } from './respond/respond.ts';
import { sendResponse, type PreparedResponse } from './respond/send-response.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { authorize } from './security/authorize.ts';
import type { RequestData } from './validation/contract-validator.ts';

/**
 * Serves a request whose operation is known: authentication before anything of the body is read, then negotiation,
 * body, validation, handler, response. State is in locals and in the exchange, so overlapping requests cannot mix.
 */
export async function serveOperation(
  exchange: Exchange,
  bound: BoundOperation,
  options: RuntimeOptions,
): Promise<void> {
  const { request, response } = exchange;
  for (const [name, value] of bound.fixedHeaders) response.setHeader(name, value);
  // Also of a refusal: another client may be answered. Source: RFC 9110 section 12.5.5.
  if (bound.negotiatedTypes.length > 1) response.appendHeader('vary', 'Accept');
  let answer: PreparedResponse;
  try {
    answer = await answerOperation(exchange, bound, options);
  } catch (error) {
    checkRefusal(exchange, bound, error, options);
    throw error;
  }
  await sendResponse(request, response, answer);
}

/** Everything up to the response, of which nothing is sent. */
async function answerOperation(
  exchange: Exchange,
  bound: BoundOperation,
  options: RuntimeOptions,
): Promise<PreparedResponse> {
  const { request } = exchange;
  const user = await admit(exchange, bound, options);
  exchange.subject = user?.subject;
  checkIfMatch(bound.ifMatch, exchange.headerLines('if-match'));

  if (bound.offeredTypes.length > 0 && !isAccepted(request.headers.accept, bound.offeredTypes)) {
    throw new ProtocolError(
      406,
      'not-acceptable',
      `This operation answers with ${bound.offeredTypes.join(', ')}.`,
    );
  }
  const { operation } = bound;
  const { data, body } = await readRequest(exchange, bound, options);

  const context = createContext(exchange, bound, user);
  const call = async (): Promise<PreparedResponse> => {
    const answer = await bound.handler(
      asHandlerInput(buildRequest(bound, data, body, request.headers.accept)),
      asHandlerInput(context),
    );
    return prepareResponse(exchange, bound, answer, options);
  };
  const key = bound.idempotency === 'none' ? undefined : readKey(data.headers['idempotency-key']);
  if (key === undefined || user === undefined || options.idempotency === undefined) return call();
  const { subject } = user;
  const fingerprint = fingerprintOf(data);
  return options.idempotency.once({ subject, operationId: operation.id, key, fingerprint }, call);
}

/** A request as the contract reads it. */
interface ReadRequest {
  readonly data: RequestData;
  readonly body: ReceivedBody | undefined;
}

/** Reads the request by the contract, and has the referee read it too where there is one. */
async function readRequest(
  exchange: Exchange,
  bound: BoundOperation,
  { referee }: RuntimeOptions,
): Promise<ReadRequest> {
  const received: Received = { bytes: NO_BYTES, kind: undefined };
  if (referee === undefined) return decodeRequest(exchange, bound, received);
  const outcome = await decodeRequest(exchange, bound, received).catch((error: unknown) => {
    if (error instanceof ProtocolError && error.code !== 'body-incomplete') return error;
    throw error;
  });
  const refusal = outcome instanceof ProtocolError ? outcome : undefined;
  const { bytes: body, kind } = received;
  // A file is streamed: nothing has read it that could show it again.
  if (kind !== 'binary') {
    const { module, operation } = bound;
    await referee.judge({ module, operation, request: exchange.request, body, kind, refusal });
  }
  if (outcome instanceof ProtocolError) throw outcome;
  return outcome;
}

const NO_BYTES = new Uint8Array();

/** What has come of the body. */
interface Received {
  bytes: Uint8Array;
  kind: BodyKind | undefined;
}

/** @throws {ProtocolError} when the request does not match the contract. */
async function decodeRequest(
  exchange: Exchange,
  bound: BoundOperation,
  received: Received,
): Promise<ReadRequest> {
  const { request } = exchange;
  const { operation } = bound;
  const chosen = operation.body === null ? undefined : chooseContent(request, operation.body);
  received.kind = chosen?.content.kind;
  const errors: ProblemItem[] = [];
  const parameters = decodeParameters(
    bound.parameters,
    { path: exchange.pathTexts, query: exchange.query, headerLines: (name) => exchange.headerLines(name) },
    errors,
  );
  const data: RequestData = { ...parameters };
  const body = await receiveBody(exchange, bound, chosen, data, received);
  validate(bound, data, body, errors);
  return { data, body };
}

/**
 * Finds the user and counts the request: one with good credentials for its subject, any other for its address. So a good
 * token is never refused for what others behind the same address do.
 */
async function admit(
  exchange: Exchange,
  bound: BoundOperation,
  { authenticators, rateLimiter }: RuntimeOptions,
): Promise<User | undefined> {
  let user: User | undefined;
  try {
    user = await authorize(bound.operation, authenticators, exchange);
  } catch (error) {
    const isUnauthenticated = error instanceof DomainError && error.kind === 'unauthenticated';
    if (isUnauthenticated) await rateLimiter?.take(exchange, undefined, undefined);
    throw error;
  }
  const counting = rateLimiter?.take(exchange, user?.subject, bound.ownQuota);
  if (counting !== undefined) await counting;
  return user;
}

/** A body that came: its content, and the value or the stream that the handler gets. */
interface ReceivedBody {
  readonly chosen: ChosenContent;
  readonly value: unknown;
  readonly sizeBytes: number;
}

/** Reads and parses the body, or opens its stream; sets `data.body` unless it is a stream. */
async function receiveBody(
  { request, response }: Exchange,
  { bodyLimitBytes, operation, shapes }: BoundOperation,
  chosen: ChosenContent | undefined,
  data: RequestData,
  received: Received,
): Promise<ReceivedBody | undefined> {
  if (chosen === undefined) return undefined;
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) throw bodyTooLarge(bodyLimitBytes);
  if (/^100-continue$/i.test(request.headers.expect ?? '')) response.writeContinue();
  if (chosen.content.kind === 'binary')
    return { chosen, value: streamBody(request, bodyLimitBytes), sizeBytes: 0 };
  const bytes = await readBody(request, bodyLimitBytes);
  received.bytes = bytes;
  // A chunked message announces a body and may then have none.
  if (bytes.byteLength === 0 && !MAY_BE_EMPTY.has(chosen.content.kind)) {
    if (operation.body?.required !== true) return undefined;
    throw new ProtocolError(400, 'body-required', 'This operation needs a body.');
  }
  const fields = shapes.requests[chosen.index]?.fields ?? null;
  data.body = parseBody(bytes, chosen, fields);
  return { chosen, value: data.body, sizeBytes: bytes.byteLength };
}

function validate(
  { operation, shapes, validator }: BoundOperation,
  data: RequestData,
  body: ReceivedBody | undefined,
  errors: readonly ProblemItem[],
): void {
  const index = body === undefined ? shapes.withoutBody : shapes.requests[body.chosen.index]?.index;
  if (index === undefined || index === null)
    throw new Error(`Operation ${operation.id} has no shape for this request.`);
  const failures = validator.checkRequest(operation, index, data, body?.sizeBytes ?? 0);
  if (errors.length === 0 && failures.length === 0) return;
  // A parameter that could not be decoded is missing for the validator; what it says about it adds nothing.
  const undecoded = new Set(errors.map(({ parameter }) => parameter));
  throw new ContractError([
    ...errors,
    ...failures.filter(({ parameter }) => parameter === undefined || !undecoded.has(parameter)),
  ]);
}

/** The handler's request: groups and members are there only when the operation has them. */
function buildRequest(
  { groups, namesContentType, negotiatedTypes }: BoundOperation,
  data: RequestData,
  body: ReceivedBody | undefined,
  accept: string | undefined,
): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  if (negotiatedTypes.length > 1) request['preferredType'] = preferredType(accept, negotiatedTypes);
  for (const group of groups) request[group] = data[group];
  if (body === undefined) return request;
  request['body'] = body.chosen.content.kind === 'binary' ? body.value : data.body;
  if (namesContentType) request['contentType'] = body.chosen.mediaType.essence;
  return request;
}

function createContext(
  exchange: Exchange,
  { access, operation }: BoundOperation,
  user: User | undefined,
): OptionalAuthContext {
  if (access === 'required' && user === undefined) {
    // Cannot happen while `authorize` is right; nothing protected may run if it ever is not.
    throw new Error(`Operation ${operation.id} was reached without a user.`);
  }
  return new HandlerContext(exchange, operation.id, user);
}

/**
 * What a handler may see of an exchange. The abort signal is made when a handler first asks for it.
 *
 * A class, because each evaluation of an object literal with a getter makes a hidden class: V8 keeps that, and with it the exchange that the
 * getter holds, until a full collection.
 */
class HandlerContext implements OptionalAuthContext {
  readonly requestId: string;
  readonly operationId: string;
  readonly user: User | undefined;
  readonly #exchange: Exchange;

  constructor(exchange: Exchange, operationId: string, user: User | undefined) {
    this.requestId = exchange.requestId;
    this.operationId = operationId;
    this.user = user;
    this.#exchange = exchange;
  }

  get signal(): AbortSignal {
    return this.#exchange.signal;
  }
}

/** Handlers' types are erased in the binding; what they are called with has just been validated against them. */
function asHandlerInput(value: object): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where generated types meet data
  return value as never;
}
