/** A user of the local Identity service. */
export interface LocalUser {
  readonly email: string;
  readonly password: string;
}

/** The Identity service did not do as asked; one sentence. */
export class IdentityRequestError extends Error {
  override readonly name = 'IdentityRequestError';
}

const TIMEOUT_MS = 10_000;

/**
 * A token for the user, who is signed up when the Identity service does not know the address yet.
 * @throws {IdentityRequestError} when the service cannot be reached or refuses.
 */
export async function requestToken(identityUrl: string, user: LocalUser): Promise<string> {
  let answer = await post(identityUrl, 'sign-in/email', user);
  if (answer.status === 401) {
    // Either the address is unknown, or the password is wrong: signing up tells which.
    answer = await post(identityUrl, 'sign-up/email', {
      ...user,
      name: user.email.split('@')[0] ?? user.email,
    });
  }
  if (answer.status === 422) {
    throw new IdentityRequestError(`${user.email} has another password at ${identityUrl}.`);
  }
  if (!answer.ok) throw new IdentityRequestError(`${identityUrl} refused: ${await readMessage(answer)}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  const tokenAnswer = await send(`${identityUrl}/api/auth/token`, { headers: { cookie } });
  const body: unknown = tokenAnswer.ok ? await tokenAnswer.json() : undefined;
  if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string') {
    return body.token;
  }
  throw new IdentityRequestError(`${identityUrl} gave no token: it answered ${tokenAnswer.status}.`);
}

function post(identityUrl: string, path: string, body: object): Promise<Response> {
  return send(`${identityUrl}/api/auth/${path}`, {
    method: 'POST',
    // better-auth takes a request with fetch's own headers for a browser's, which always names its origin.
    headers: { 'content-type': 'application/json', origin: identityUrl },
    body: JSON.stringify(body),
  });
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new IdentityRequestError(
      `The Identity service at ${new URL(url).origin} does not answer: does npm run dev still run?`,
      { cause },
    );
  }
}

/** What better-auth says, in its own words: `Password too short`. */
async function readMessage(answer: Response): Promise<string> {
  try {
    const body: unknown = await answer.json();
    if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
      return body.message;
    }
  } catch {
    // No JSON: the status says it.
  }
  return `it answered ${answer.status}`;
}
