/**
 * Operations as the generator emits them, by hand: what the runtime's own tests call. They cover the shapes that the
 * contract may have, not the API.
 */
import { blob, either, empty, json, problem, text } from '../src/runtime/decode-body.ts';
import { binaryBody, bodyOf, jsonBody, textBody } from '../src/runtime/encode-body.ts';
import { formBody } from '../src/runtime/encode-form.ts';
import { multipartBody } from '../src/runtime/encode-multipart.ts';
import { form, header } from '../src/runtime/encode-parameter.ts';
import { queryOf } from '../src/runtime/encode-parameter-styles.ts';
import { addKey, withKey } from '../src/runtime/idempotency-key.ts';
import { operation, type NoParams, type Operation, type PagedOperation } from '../src/runtime/operation.ts';
import { toNumber } from '../src/runtime/response-header.ts';
import type { AnyStatus, ClientErrorStatus, Reply, Results } from '../src/runtime/result.ts';

export interface Ticket {
  readonly id: string;
  readonly title: string;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly requestId: string;
}

export interface TicketPage {
  readonly items: readonly Ticket[];
  readonly nextCursor?: string;
}

export interface GetTicketParams {
  readonly ticketId: string;
  readonly 'if-none-match'?: string | undefined;
}

export type GetTicketResult = Results<{
  200: Reply<Ticket, { readonly etag: string }>;
  304: Reply<undefined, { readonly etag: string }>;
  401: Reply<Problem, { readonly 'www-authenticate': string }>;
  404: Reply<Problem>;
  503: Reply<Problem, { readonly 'retry-after'?: number }>;
}>;

export const getTicket: Operation<GetTicketParams, GetTicketResult> = /* @__PURE__ */ operation({
  id: 'getTicket',
  method: 'GET',
  path: '/tickets/{ticketId}',
  headers: { 'if-none-match': header },
  responses: { 200: json, 304: empty, 401: problem, 404: problem, 503: problem },
  responseHeaders: {
    etag: [String, 200, 304],
    'retry-after': [toNumber],
    'www-authenticate': [String, 401],
  },
  auth: true,
});

export interface ListTicketsParams {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly tag?: readonly string[] | undefined;
}

export type ListTicketsResult = Results<{ 200: Reply<TicketPage>; 400: Reply<Problem> }>;

export const listTickets: PagedOperation<ListTicketsParams, ListTicketsResult, Ticket> =
  /* @__PURE__ */ operation({
    id: 'listTickets',
    method: 'GET',
    path: '/tickets',
    query: /* @__PURE__ */ queryOf({ limit: form, cursor: form, tag: form }),
    responses: { 200: json, 400: problem },
    auth: true,
    page: { cursor: 'cursor', items: 'items', next: 'nextCursor' },
  });

export interface CreateTicketParams {
  readonly body: { readonly title: string };
}

export type CreateTicketResult = Results<{
  201: Reply<Ticket, { readonly location: string; readonly etag: string }>;
  409: Reply<Problem & { readonly conflictingId: string }>;
  422: Reply<Problem>;
}>;

export const createTicket: Operation<CreateTicketParams, CreateTicketResult> = /* @__PURE__ */ operation({
  id: 'createTicket',
  method: 'POST',
  path: '/tickets',
  resend: withKey,
  body: /* @__PURE__ */ bodyOf({ 'application/json': jsonBody }),
  responses: { 201: json, 409: problem, 422: problem },
  responseHeaders: { etag: [String, 201], location: [String, 201] },
  auth: true,
});

export interface OrderMealParams {
  readonly 'idempotency-key'?: string | undefined;
  readonly body: { readonly ticketId: string };
}

export type OrderMealResult = Results<{ 202: Reply }>;

/** A POST that declares `Idempotency-Key`. */
export const orderMeal: Operation<OrderMealParams, OrderMealResult> = /* @__PURE__ */ operation({
  id: 'orderMeal',
  method: 'POST',
  path: '/meals',
  headers: { 'idempotency-key': header },
  addKey,
  resend: withKey,
  body: /* @__PURE__ */ bodyOf({ 'application/json': jsonBody }),
  responses: { 202: empty },
});

export interface UpdateTicketParams {
  readonly ticketId: string;
  readonly 'if-match': string;
  readonly body: { readonly title?: string };
}

export type UpdateTicketResult = Results<{
  200: Reply<Ticket, { readonly etag: string }>;
  412: Reply<Problem>;
}>;

/** A merge patch that needs `If-Match`. */
export const updateTicket: Operation<UpdateTicketParams, UpdateTicketResult> = /* @__PURE__ */ operation({
  id: 'updateTicket',
  method: 'PATCH',
  path: '/tickets/{ticketId}',
  headers: { 'if-match': header },
  resend: withKey,
  body: /* @__PURE__ */ bodyOf({ 'application/merge-patch+json': jsonBody }),
  responses: { 200: json, 412: problem },
  responseHeaders: { etag: [String, 200] },
  auth: true,
});

export type UploadParams =
  | { readonly contentType: 'multipart/form-data'; readonly body: Readonly<Record<string, unknown>> }
  | {
      readonly contentType: 'application/x-www-form-urlencoded';
      readonly body: Readonly<Record<string, unknown>>;
    }
  | { readonly contentType: 'text/plain'; readonly body: string }
  | { readonly contentType: `image/${string}`; readonly body: BodyInit };

export type UploadResult = Results<{ 200: Reply<string | Blob>; 204: Reply }>;

/** Several media types in, several out. */
export const upload: Operation<UploadParams, UploadResult> = /* @__PURE__ */ operation({
  id: 'upload',
  method: 'PUT',
  path: '/files/photo',
  body: /* @__PURE__ */ bodyOf({
    'multipart/form-data': multipartBody,
    'application/x-www-form-urlencoded': formBody,
    'text/plain': textBody,
    'image/*': binaryBody,
  }),
  responses: { 200: /* @__PURE__ */ either(text, blob), 204: empty },
  accept: 'text/plain, application/octet-stream',
});

export type PingResult = Results<
  { 200: Reply<string> } & { readonly [Status in ClientErrorStatus]: Reply<Problem> }
>;

/** A range of statuses, no parameters, no token. */
export const ping: Operation<NoParams, PingResult> = /* @__PURE__ */ operation({
  id: 'ping',
  method: 'GET',
  path: '/ping',
  responses: { 200: text, '4XX': problem },
  accept: 'text/plain, application/problem+json',
});

export type AnythingResult = Results<{ readonly [Status in AnyStatus]: Reply<unknown> }>;

/** `default`. */
export const anything: Operation<NoParams, AnythingResult> = /* @__PURE__ */ operation({
  id: 'anything',
  method: 'GET',
  path: '/anything',
  responses: { default: json },
});
