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
   * The token after this one, where a response says that this one is the trouble, and there is another. All calls that were
   * refused the same one get the same answer, or the same failure, those included that learn of it only after the provider has answered.
   */
  renewed(response: Response, waiter: Waiter): Promise<Token>;
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
  /** It was to renew a token, and did not. */
  failed: boolean;
  join(waiter: Waiter): Promise<Token>;
}

/** A call that comes does not wait for an older question than this, whatever the time of its own is: 30 s. */
const LONGEST_MS = 30_000;

/**
 * Asks `provider` at most once at a time, however many calls wait for the answer. A question that is not answered ends
 * with those who wait for it: it is forgotten when the last one gives up, or when the time of the first one is up.
 */
export function createCredentials(provider: TokenProvider, now: () => number): Credentials {
  let asked: Question | undefined;
  let renewal: Question | undefined;

  const answer = async (request: TokenRequest): Promise<Token> => {
    const token = await provider(request);
    // `fetch` would say the same with the token in its message.
    if (!token || /^[\x21-\x7e]+$/.test(token)) return token;
    throw new TypeError('auth gave a token with characters that no header can carry');
  };
  const ask = ({ ms }: Waiter, rejected?: string): Question => {
    const controller = new AbortController();
    const token = answer({ ...(rejected && { rejected }), signal: controller.signal });
    let waiting = 0;
    const question: Question = {
      rejected,
      until: now() + Math.min(ms, LONGEST_MS),
      failed: false,
      join: ({ signal }) => {
        waiting += 1;
        signal.addEventListener('abort', () => {
          waiting -= 1;
          if (waiting > 0) return;
          question.until = 0;
          controller.abort();
        });
        return token;
      },
    };
    const settle = (given?: Token): void => {
      waiting = Infinity;
      // A renewal is kept: calls that were under way with the old token are refused one after the other.
      question.until = rejected ? Infinity : 0;
      question.failed = !given || given === rejected;
    };
    token.then(settle, () => settle());
    return question;
  };
  const isOpen = (question: Question | undefined): question is Question => (question?.until ?? 0) > now();

  return {
    current: async (waiter) => {
      if (!isOpen(asked)) asked = ask(waiter);
      const token = await asked.join(waiter);
      // A renewal that failed is the answer for tokens of a time before it.
      const before = renewal?.failed && renewal;
      return {
        token,
        renewed: async ({ status, headers }, again) => {
          // Source: RFC 6750 section 3.1.
          const isRefused =
            status === 401 && /error="?invalid_token/.test(headers.get('www-authenticate') ?? '');
          if (!token || !isRefused) return undefined;
          if (!isOpen(renewal) || renewal.rejected !== token || renewal === before)
            renewal = ask(again, token);
          const next = await renewal.join(again);
          return next === token ? undefined : next;
        },
      };
    },
  };
}
