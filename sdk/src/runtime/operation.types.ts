/** Compile-only: what the types of an operation allow, and what they must refuse. */
import {
  createTicket,
  getTicket,
  listTickets,
  orderMeal,
  ping,
  updateTicket,
  upload,
  type Problem,
  type Ticket,
} from '../../test/sample-operations.ts';
import { createClient } from './client.ts';
import { ifMatch, ifNoneMatch } from './conditional.ts';
import type { ApiError } from './errors.ts';
import type { ParamsOf, ResultOf } from './operation.ts';
import { paginate } from './paginate.ts';
import type { ClientErrorStatus, DataOf } from './result.ts';
import { isErrorOf, unwrap, type ErrorOf } from './unwrap.ts';

// oxlint-disable typescript/no-unnecessary-type-parameters -- two generic functions are how two types are compared
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
// oxlint-enable typescript/no-unnecessary-type-parameters
declare function same<A, B>(equal: Equal<A, B>): void;

/** The status narrows body and headers. */
export async function narrowing(): Promise<void> {
  const result = await getTicket({ ticketId: 'a' });
  // @ts-expect-error before narrowing, the body may be a problem or nothing
  void result.data.id;
  if (result.status === 200) {
    same<typeof result.data, Ticket>(true);
    same<typeof result.headers.etag, string>(true);
    same<typeof result.ok, true>(true);
  }
  if (result.status === 404) {
    same<typeof result.data, Problem>(true);
    // @ts-expect-error a 404 declares no etag
    void result.headers.etag;
  }
  if (result.status === 304) same<typeof result.data, undefined>(true);
  if (result.status === 503) same<(typeof result.headers)['retry-after'], number | undefined>(true);
  if (result.ok) same<typeof result.status, 200>(true);
  else same<typeof result.status, 304 | 401 | 404 | 503>(true);
  // @ts-expect-error the contract has no 418
  if (result.status === 418) return;
}

/** A switch over the statuses is exhaustive, so that a new one in the contract does not compile. */
export async function exhaustive(): Promise<string> {
  const result = await createTicket({ body: { title: 'x' } });
  switch (result.status) {
    case 201:
      return result.headers.location;
    case 409:
      return result.data.conflictingId;
    case 422:
      return result.data.title;
    default:
      return result satisfies never;
  }
}

/** A status that a switch forgets shows. */
export async function forgotten(): Promise<void> {
  const result = await createTicket({ body: { title: 'x' } });
  if (result.status === 201 || result.status === 409) return;
  // @ts-expect-error 422 is left
  result satisfies never;
}

/** Parameters and bodies. */
export function misuse(): void {
  // @ts-expect-error the path parameter is missing
  void getTicket({});
  // @ts-expect-error all parameters are missing
  void getTicket();
  // @ts-expect-error wrong type
  void getTicket({ ticketId: 1 });
  // @ts-expect-error unknown parameter
  void listTickets({ limits: 1 });
  // @ts-expect-error the body is missing
  void createTicket({});
  // @ts-expect-error wrong body
  void createTicket({ body: { name: 'x' } });
  // @ts-expect-error If-Match is missing
  void updateTicket({ ticketId: 'a', body: {} });
  // @ts-expect-error exactOptionalPropertyTypes: a body's member is there or it is not
  void updateTicket({ ticketId: 'a', 'if-match': '*', body: { title: undefined } });
  // @ts-expect-error the body does not go with the media type
  void upload({ contentType: 'text/plain', body: new Blob([]) });
  // @ts-expect-error no parameters
  void ping({ a: 1 });
  // @ts-expect-error unknown option
  void ping({}, { timeout: 1 });
  // @ts-expect-error a client needs to know where the API is
  createClient({});
}

/** What must compile: nothing required is nothing to write, and undefined options are as absent ones. */
export function use(maybe: { cursor?: string; signal?: AbortSignal }): void {
  void ping();
  void listTickets();
  void listTickets(
    { cursor: maybe.cursor, limit: undefined },
    { signal: maybe.signal, timeoutMs: undefined },
  );
  void orderMeal({ body: { ticketId: 'a' } });
  void upload({ contentType: 'image/png', body: new Uint8Array() });
  void updateTicket({ ticketId: 'a', body: {}, ...ifMatch('"v1"') });
  createClient({ baseUrl: new URL('http://a.test'), auth: undefined, hooks: undefined, retry: false });
  createClient({ baseUrl: '/api', auth: ({ rejected }) => (rejected ? Promise.resolve(null) : 'token') });
}

/** Results that have an etag can be handed to what makes a condition of it. */
export async function conditions(): Promise<void> {
  const result = await getTicket({ ticketId: 'a' });
  if (result.status === 200) void getTicket({ ticketId: 'a', ...ifNoneMatch(result) });
  // @ts-expect-error it may be the result of an error, which has no etag
  ifMatch(result);
}

/** Helpers know the types of the operation. */
export async function helpers(error: unknown): Promise<void> {
  same<ParamsOf<typeof getTicket>['ticketId'], string>(true);
  same<DataOf<ResultOf<typeof getTicket>>, Ticket>(true);
  const ticket: Ticket = await unwrap(getTicket({ ticketId: 'a' }));
  same<typeof ticket, Ticket>(true);
  for await (const item of paginate(listTickets, { limit: 10 })) same<typeof item, Ticket>(true);
  for await (const page of paginate(listTickets).pages()) {
    same<typeof page.nextCursor, string | undefined>(true);
    same<typeof page.data.items, readonly Ticket[]>(true);
  }
  // @ts-expect-error only an operation that has pages
  paginate(getTicket, { ticketId: 'a' });
  // @ts-expect-error parameters of that operation
  paginate(listTickets, { limit: 'x' });
  if (isErrorOf(createTicket, error)) {
    same<typeof error, ErrorOf<ResultOf<typeof createTicket>>>(true);
    if (error.status === 409) same<typeof error.body.conflictingId, string>(true);
  }
  same<ErrorOf<ResultOf<typeof listTickets>>, ApiError<400, Problem>>(true);
}

/** A range is every status of it that exists, so that the others still narrow. */
export async function ranges(): Promise<void> {
  const result = await ping();
  if (result.status === 200) same<typeof result.data, string>(true);
  else same<typeof result.status, ClientErrorStatus>(true);
}
