import type { TokenRequest } from '@chompardo/sdk';

import { createStore, useStore } from '../ui/store.ts';
import { fetchToken, fetchUser, IdentityError, signOut, subjectOf, type User } from './identity-api.ts';

/** Who uses the app. `expired`: the session ended under the user's hands; what is on screen stays. */
export type Session =
  | { readonly status: 'unknown' }
  | { readonly status: 'unreachable' }
  | { readonly status: 'signed-out' }
  | { readonly status: 'signed-in'; readonly user: User }
  | { readonly status: 'expired'; readonly user: User };

const session = createStore<Session>({ status: 'unknown' });

/** The token lives in memory only: the session cookie, which scripts cannot read, gets a new one. */
let token: string | undefined;

/** Follows the session. */
export function useSession(): Session {
  return useStore(session);
}

/** The signed-in user's id; undefined before anybody is. */
export function useUserId(): string | undefined {
  const current = useSession();
  return 'user' in current ? current.user.id : undefined;
}

/** Asks the Identity service who is here, when the app starts. */
export async function loadSession(): Promise<void> {
  try {
    const user = await fetchUser();
    session.set(user === undefined ? { status: 'signed-out' } : { status: 'signed-in', user });
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    session.set({ status: 'unreachable' });
  }
}

/** Somebody has signed in. */
export function beginSession(user: User): void {
  token = undefined;
  session.set({ status: 'signed-in', user });
}

const lastWork = new Set<() => Promise<void>>();
/** The longest that signing out waits for the Identity service. */
const LAST_WORK_TIMEOUT_MS = 3000;

/** Registers work that signing out waits for, because it needs the session. */
export function beforeSessionEnds(work: () => Promise<void>): void {
  lastWork.add(work);
}

/** Ends the session here, and at the Identity service when it can be reached. */
export async function endSession(): Promise<void> {
  if (session.get().status === 'signed-in') {
    const timeIsUp = new Promise((resolve) => setTimeout(resolve, LAST_WORK_TIMEOUT_MS));
    await Promise.race([timeIsUp, Promise.all(Array.from(lastWork, (work) => work()))]);
  }
  token = undefined;
  try {
    await signOut();
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
  }
  session.set({ status: 'signed-out' });
}

/**
 * Gives the SDK its token: the one at hand, or a new one when the API has refused that.
 * @throws {IdentityError}
 * @throws {SignedOutError} when somebody else has signed in meanwhile, in another tab.
 */
export async function provideToken({ rejected }: TokenRequest): Promise<string | undefined> {
  if (token !== undefined && token !== rejected) return token;
  const before = session.get();
  const fresh = await fetchToken();
  if (fresh !== undefined && 'user' in before && subjectOf(fresh) !== before.user.id) {
    // The session cookie is the other user's now; nothing is done in their name that they have not asked for.
    await loadSession();
    throw new SignedOutError();
  }
  // Kept only for the session that it was asked for.
  if (session.get() === before) token = fresh;
  return fresh;
}

/**
 * Asks the user to sign in again, and waits for it.
 * @throws {SignedOutError} when they leave instead, or have left: what was asked in their name is not asked in another's.
 */
export function signInAgain(): Promise<void> {
  token = undefined;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const current = session.get();
  if (!('user' in current)) return Promise.reject(new SignedOutError());
  session.set({ status: 'expired', user: current.user });
  const stop = session.subscribe(() => {
    const { status } = session.get();
    if (status === 'expired') return;
    stop();
    if (status === 'signed-in') resolve();
    else reject(new SignedOutError());
  });
  return promise;
}

/** The user signed out while something waited for them to sign in again. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';
  override readonly message = 'You are signed out.';
}
