/** The Identity service (better-auth): who is signed in, by session cookie, and tokens for the API. */

/** Somebody who is signed in. */
export interface User {
  /** The subject of the user's tokens, and so the `author` of their recipes. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** What the Identity service asks for. */
export type IdentityField = 'name' | 'email' | 'password';

/** The Identity service refused, or did not answer; `message` can be shown. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
  /** The field to correct; undefined when no single one is wrong, or when saying which would help an attacker. */
  readonly field: IdentityField | undefined;

  constructor(message: string, field?: IdentityField, options?: ErrorOptions) {
    super(message, options);
    this.field = field;
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
  throw unreachable();
}

/** The user that a token is for: the `sub` of its claims (RFC 7519 section 4.1.2). Verifying it is the API's. */
export function subjectOf(token: string): unknown {
  const [, claims = ''] = token.split('.');
  return member(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))), 'sub');
}

async function send(path: string, body?: object): Promise<unknown> {
  const response = await ask(path, body);
  if (response.status >= 500) throw unreachable();
  const answer = await readJson(response);
  if (response.ok) return answer;
  throw refusalOf(answer);
}

const REFUSALS: readonly (readonly [code: RegExp, message: string, field?: IdentityField])[] = [
  [/^INVALID_EMAIL_OR_PASSWORD$/, 'E-mail and password do not go together. Check both, and try again.'],
  [
    /^USER_ALREADY_EXISTS/,
    'There is an account with this address. Sign in instead, or take another one.',
    'email',
  ],
  [/EMAIL/, 'This is no e-mail address. It looks like name@example.com.', 'email'],
  [/^PASSWORD_TOO_SHORT$/, 'The password is too short: it takes at least 8 characters.', 'password'],
  [/^PASSWORD_TOO_LONG$/, 'The password is too long: it takes at most 128 characters.', 'password'],
  [/PASSWORD/, 'This password is not taken. Choose another one.', 'password'],
  [/NAME/, 'This name is not taken. Choose another one.', 'name'],
];

/** What the Identity service refused, in words for people; its own are for programmers: `[body.email] Invalid email address`. */
export function refusalOf(answer: unknown): IdentityError {
  const [code, said] = [member(answer, 'code'), member(answer, 'message')];
  // A member of the body that is not as it must be is named in the message alone.
  const named = /^\[body\.(\w+)\]/.exec(typeof said === 'string' ? said : '')?.[1];
  const name = named?.toUpperCase() ?? (typeof code === 'string' ? code : '');
  const [, message, field] = REFUSALS.find(([known]) => known.test(name)) ?? [];
  return new IdentityError(message ?? 'That did not work. Check what you have typed, and try again.', field);
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

function unreachable(cause?: unknown): IdentityError {
  return new IdentityError('The kitchen door does not answer. Try again in a moment.', undefined, { cause });
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
  throw unreachable();
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
