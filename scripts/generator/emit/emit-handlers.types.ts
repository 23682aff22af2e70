/** What emitted types let a module do, and what not: checked by the compiler, never run. */
import type {
  GetJarResponse,
  PantryHandlers as JarHandlers,
} from '../testdata/accepted/nullable-enum/expected/generated/pantry/handlers.ts';
import type {
  GetEitherRequest,
  PantryHandlers as SecuredHandlers,
} from '../testdata/accepted/optional-security/expected/generated/pantry/handlers.ts';
import type { ShelfInput } from '../testdata/accepted/read-only-views/expected/generated/pantry/schemas.ts';
import type {
  ListSpicesRequest,
  ListSpicesResponse,
} from '../testdata/accepted/header-parameters/expected/generated/pantry/handlers.ts';
import type {
  CreateLabelRequest,
  ReplaceLabelRequest,
  ReplaceLabelResponse,
} from '../testdata/accepted/several-media-types/expected/generated/pantry/handlers.ts';
import { pantryOperations } from '../testdata/accepted/optional-security/expected/generated/pantry/operations.ts';
import { bindModule } from '#kernel/contract/module-binding.ts';

const done = { status: 204 } as const;

export const complete: SecuredHandlers = {
  getOpen: () => Promise.resolve(done),
  getEither: (_request, context) => Promise.resolve(context.user?.subject === undefined ? done : done),
  getScoped: (_request, context) => Promise.resolve(context.user.subject === '' ? done : done),
};

// @ts-expect-error an operation of the contract has no handler
export const withoutHandler: SecuredHandlers = {
  getOpen: () => Promise.resolve(done),
  getEither: () => Promise.resolve(done),
};

export const asksNobody: Pick<SecuredHandlers, 'getOpen'> = {
  // @ts-expect-error a public operation has no user to ask about
  getOpen: (_request, context) => Promise.resolve(context.user === undefined ? done : done),
};

export const asksSomebody: Pick<SecuredHandlers, 'getEither'> = {
  // @ts-expect-error nobody may have called
  getEither: (_request, context) => Promise.resolve(context.user.subject === '' ? done : done),
};

// @ts-expect-error the contract declares no such status
export const otherStatus: GetJarResponse = { status: 201 };

// @ts-expect-error the body lacks what the contract requires
export const otherBody: GetJarResponse = { status: 200, body: { kind: 'jar' } };

export const withoutBody: JarHandlers = {
  // @ts-expect-error the response has a body
  getJar: () => Promise.resolve({ status: 200 }),
};

// @ts-expect-error required response headers are required of the handler
export const withoutHeaders: ListSpicesResponse = { status: 200, body: [] };

export const withoutOptionalHeaders: ListSpicesResponse = { status: 304 };

// @ts-expect-error a client does not send what only the server sets
export const withReadOnly: ShelfInput = { id: 'x', jars: [], plain: { name: 'x' } };

/** A parameter with a default is there; one without may be missing. */
export function readHeaders(request: ListSpicesRequest): readonly number[] {
  // @ts-expect-error it may be missing
  const length: number = request.headers['if-none-match'].length;
  return [request.headers['x-page-size'], length];
}

/** The content type tells what the body is. */
export function readBody(request: ReplaceLabelRequest | CreateLabelRequest): string {
  if (request.contentType === undefined) return '';
  if (request.contentType === 'text/plain') return request.body;
  // @ts-expect-error the body is a label here
  request.body.toUpperCase();
  return request.body.text;
}

// @ts-expect-error several media types: which one is the handler's to say
export const withoutContentType: ReplaceLabelResponse = { status: 200, body: 'a,b' };

// @ts-expect-error an operation without parameters and body is given nothing
export const somethingGiven: GetEitherRequest = { query: {} };

bindModule({ name: 'pantry', document: {}, operations: pantryOperations, handlers: complete });

const { getOpen: _getOpen, ...fewerOperations } = pantryOperations;
bindModule<SecuredHandlers>({
  name: 'pantry',
  document: {},
  // @ts-expect-error a handler without an operation
  operations: fewerOperations,
  handlers: complete,
});
