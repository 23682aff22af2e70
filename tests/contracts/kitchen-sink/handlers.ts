import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GetStatusResponse, KitchenHandlers } from './generated/kitchen/handlers.ts';
import type { OptionalAuthContext, RequestContext } from '#kernel/contract/context.ts';
import { DomainError } from '#kernel/domain/domain-error.ts';

/** The one thing that exists. */
export const THING_ID = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';

class ThingNotFoundError extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'thing-not-found';
}

class ThingTakenError extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'thing-taken';
}

interface EchoResponse {
  readonly status: 200;
  readonly body: { readonly request: string; readonly user?: string };
}

/** Answers with what it was given; files and bytes by what they hold. */
async function echo(request: object, context: RequestContext | OptionalAuthContext): Promise<EchoResponse> {
  // Gives way to other requests, so that state shared between them would show.
  await nextTurn();
  const text = JSON.stringify(request, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  const user = 'user' in context ? context.user?.subject : undefined;
  return { status: 200, body: { request: text, ...(user === undefined ? {} : { user }) } };
}

function refuseUnknown(thingId: string): void {
  if (thingId !== THING_ID) throw new ThingNotFoundError('There is no such thing.');
}

function statusResponse(status: 200 | 202 | 204 | 303 | 404 | 409 | 500): GetStatusResponse {
  switch (status) {
    case 200:
      return { status, body: { request: '200' } };
    case 202:
    case 204:
      return { status };
    case 303:
      return { status, headers: { location: '/things' } };
    case 404:
      throw new ThingNotFoundError('There is no such thing.');
    case 409:
      throw new ThingTakenError('It is taken.');
    case 500:
      throw new Error('postgres://api:secret@db is down');
    default:
      return status satisfies never;
  }
}

/** Handlers of the kitchen sink's contract. */
export const kitchenHandlers: KitchenHandlers = {
  echoPathStyles: echo,
  echoQueryStyles: echo,
  echoQueryRest: echo,
  echoHeaderStyles: echo,
  echoCookieStyles: echo,
  async createThing({ body }) {
    await nextTurn();
    if (body.title === 'taken') throw new ThingTakenError('It is taken.');
    const { secret: _secret, parent: _parent, ...thing } = body;
    const headers = { location: `/things/${THING_ID}`, etag: '"1"' };
    return { status: 201, headers, body: { ...thing, id: THING_ID } };
  },
  async getThing({ path }) {
    await nextTurn();
    refuseUnknown(path.thingId);
    return { status: 200, body: { id: THING_ID, title: 'Pan' }, headers: { etag: '"1"' } };
  },
  updateThing: echo,
  async deleteThing({ path }) {
    await nextTurn();
    refuseUnknown(path.thingId);
    return { status: 204 };
  },
  echoText: ({ body }) => Promise.resolve({ status: 200, body }),
  echoForm: echo,
  uploadPhotos: echo,
  echoOctets: ({ body }) => Promise.resolve({ status: 200, body }),
  echoPicture: ({ body, contentType }) => Promise.resolve({ status: 200, body, contentType }),
  async createNote(request) {
    await nextTurn();
    if (request.contentType === 'text/plain') {
      // Also to a client that takes JSON only: the runtime finds that.
      return { status: 200, contentType: 'text/plain', body: request.body };
    }
    return request.preferredType === 'text/plain'
      ? { status: 200, contentType: 'text/plain', body: request.body.text }
      : { status: 200, contentType: 'application/json', body: request.body };
  },
  replaceOptional: echo,
  echoAnyJson: ({ body }) => Promise.resolve({ status: 200, body }),
  echoShape: ({ body }) => Promise.resolve({ status: 200, body }),
  async getStatus({ query }) {
    await nextTurn();
    return statusResponse(query.status);
  },
  getHeaders: () =>
    Promise.resolve({
      status: 200,
      body: { request: '' },
      headers: { 'x-count': 5, 'x-words': ['a', 'b'], 'x-flag': true },
    }),
  securedPublic: echo,
  securedOptional: echo,
  securedScoped: echo,
  securedEither: echo,
  securedBoth: echo,
  securedQueryKey: echo,
  securedCookieKey: echo,
};
