/** The Identity service (better-auth): who is signed in, by session cookie, and tokens for the API. */

/** Somebody who is signed in. */
export interface User {
  /** The subject of the user's tokens, and so the `author` of their recipes. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The Identity service refused, or did not answer; `message` can be shown. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
  /** True when the service could not be asked at all. */
  readonly isUnreachable: boolean;

  constructor(message: string, isUnreachable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.isUnreachable = isUnreachable;
  }
}

const BASE = '/api/auth';
const TIMEOUT_MS = 10_000;

/** @throws {IdentityError} */
export async function signIn(email: string, password: string): Promise<User> {
  return toUser(await send('/sign-in/email', { email, password }));
}

/** @throws {IdentityError} */
export async function signUp(name: string, email: string, password: string): Promise<User> {
  return toUser(await send('/sign-up/email', { name, email, password }));
}

/** @throws {IdentityError} */
export async function signOut(): Promise<void> {
  await send('/sign-out', {});
}

/**
 * The user of this browser's session; undefined when there is none.
 * @throws {IdentityError}
 */
export async function fetchUser(): Promise<User | undefined> {
  const body = await send('/get-session');
  return body === null ? undefined : toUser(body);
}

/**
 * A token for the API; undefined when the session is over.
 * @throws {IdentityError}
 */
export async function fetchToken(): Promise<string | undefined> {
  const response = await ask('/token');
  if (response.status === 401) return undefined;
  const token = member(await readJson(response), 'token');
  if (response.ok && typeof token === 'string') return token;
  throw unreachable(undefined);
}

/** The user that a token is for: the `sub` of its claims (RFC 7519 section 4.1.2). Verifying it is the API's. */
export function subjectOf(token: string): unknown {
  const [, claims = ''] = token.split('.');
  return member(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))), 'sub');
}

async function send(path: string, body?: object): Promise<unknown> {
  const response = await ask(path, body);
  if (response.status >= 500) throw unreachable(undefined);
  const answer = await readJson(response);
  if (response.ok) return answer;
  const message = member(answer, 'message');
  throw new IdentityError(typeof message === 'string' ? message : 'That did not work.', false);
}

async function ask(path: string, body?: object): Promise<Response> {
  const init: RequestInit = { signal: AbortSignal.timeout(TIMEOUT_MS), credentials: 'same-origin' };
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    return await fetch(BASE + path, body === undefined ? init : { ...init, ...post });
  } catch (cause) {
    throw unreachable(cause);
  }
}

function unreachable(cause: unknown): IdentityError {
  return new IdentityError('The kitchen door does not answer. Try again in a moment.', true, { cause });
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function toUser(body: unknown): User {
  const user = member(body, 'user');
  const [id, name, email] = [member(user, 'id'), member(user, 'name'), member(user, 'email')];
  if (typeof id === 'string' && typeof name === 'string' && typeof email === 'string')
    return { id, name, email };
  throw unreachable(undefined);
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
