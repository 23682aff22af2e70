/** Why a token is asked for, and for how long. */
export interface TokenRequest {
  /** The token that the API has just refused as `invalid_token`; absent otherwise. Get a new one, do not give it again. */
  readonly rejected?: string;
  /** Aborted when no call waits for the token any more; hand it to `fetch`. */
  readonly signal: AbortSignal;
}

/** Gives the bearer token; undefined when nobody is signed in. It is asked before each call, so it may cache. */
export type TokenProvider = (
  request: TokenRequest,
) => string | null | undefined | Promise<string | null | undefined>;

type Token = string | null | undefined;

/** The attempt of a call that waits for a token. */
export interface Waiter {
  /** Aborted when the attempt is given up. */
  readonly signal: AbortSignal;
  /** The time of the attempt, in milliseconds. */
  readonly ms: number;
}

/** A token as one call got it. */
export interface Grant {
  readonly token: Token;
  /**
   * The token after this one was refused. All calls that were refused the same one get the same answer, or the same
   * failure, those included that learn of it only after the provider has answered.
   */
  renewed(waiter: Waiter): Promise<Token>;
}

/** The bearer token of one client. */
export interface Credentials {
  /** The token to send. */
  current(waiter: Waiter): Promise<Grant>;
}

/** One question to the provider, which several calls may wait for. */
interface Question {
  readonly rejected: Token;
  /** Until then a call that comes waits too; afterwards it asks again. Milliseconds since the epoch. */
  until: number;
  /** A renewal that failed is the answer for tokens of a time before it. The time is the number of failed renewals. */
  failedAt: number;
  readonly token: Promise<Token>;
  join(waiter: Waiter): Promise<Token>;
}

/** A call that comes does not wait for an older question than this, whatever the time of its own is: 30 s. */
const LONGEST_MS = 30_000;

/**
 * Asks `provider` at most once at a time, however many calls wait for the answer. A question that is not answered ends
 * with those who wait for it: it is forgotten when the last one gives up, or when the time of the first one is up.
 */
export function createCredentials(provider: TokenProvider, now: () => number): Credentials {
  let failedRenewals = 0;
  let asked: Question | undefined;
  let renewal: Question | undefined;

  const answer = async (request: TokenRequest): Promise<Token> => {
    const token = await provider(request);
    // `fetch` would say the same with the token in its message.
    if (!token || /^[\x21-\x7e]+$/.test(token)) return token;
    throw new TypeError('auth gave a token with characters that no header can carry');
  };
  const ask = (ms: number, rejected?: string): Question => {
    const controller = new AbortController();
    const { signal } = controller;
    let waiting = 0;
    const question: Question = {
      rejected,
      until: now() + Math.min(ms, LONGEST_MS),
      failedAt: Infinity,
      token: answer({ ...(rejected && { rejected }), signal }),
      join: (waiter) => {
        waiting += 1;
        waiter.signal.addEventListener('abort', () => {
          waiting -= 1;
          if (waiting > 0) return;
          question.until = 0;
          controller.abort();
        });
        return question.token;
      },
    };
    const settle = (): void => {
      waiting = Infinity;
      question.until = 0;
    };
    question.token.then(settle, settle);
    return question;
  };

  const renewed = (rejected: string, since: number, waiter: Waiter): Promise<Token> => {
    if (renewal?.rejected !== rejected || renewal.until <= now() || since >= renewal.failedAt) {
      const question = ask(waiter.ms, rejected);
      renewal = question;
      // Kept: calls that were under way with the old token are refused one after the other.
      const keep = (token: Token): void => {
        question.until = Infinity;
        if (token && token !== rejected) return;
        failedRenewals += 1;
        question.failedAt = failedRenewals;
      };
      question.token.then(keep, () => keep(undefined));
    }
    return renewal.join(waiter);
  };
  return {
    current: async (waiter) => {
      if (!asked || asked.until <= now()) asked = ask(waiter.ms);
      const token = await asked.join(waiter);
      const since = failedRenewals;
      return { token, renewed: async (again) => (token ? renewed(token, since, again) : undefined) };
    },
  };
}

/** True for the response that says that the token itself is the trouble (RFC 6750 section 3.1). */
export function saysInvalidToken(response: Response): boolean {
  return (
    response.status === 401 && /error="?invalid_token/.test(response.headers.get('www-authenticate') ?? '')
  );
}
