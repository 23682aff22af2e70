/** Why a token is asked for. */
export interface TokenRequest {
  /** The token that the API has just refused as `invalid_token`; absent otherwise. Get a new one, do not give it again. */
  readonly rejected?: string;
}

/** Gives the bearer token; undefined when nobody is signed in. It is asked before each call, so it may cache. */
export type TokenProvider = (
  request: TokenRequest,
) => string | null | undefined | Promise<string | null | undefined>;

type Token = string | null | undefined;

/** The bearer token of one client. */
export interface Credentials {
  /** The token to send. */
  current(): Promise<Token>;
  /** The token after `rejected` was refused. Everyone who was refused the same token gets the same answer. */
  renewed(rejected: string): Promise<Token>;
}

/** Asks `provider` at most once at a time, however many calls wait for the answer. */
export function createCredentials(provider: TokenProvider): Credentials {
  const ask = async (request: TokenRequest): Promise<Token> => {
    const token = await provider(request);
    // `fetch` would say the same with the token in its message.
    if (token && !/^[\x21-\x7e]+$/.test(token)) {
      throw new TypeError('auth gave a token with characters that no header can carry');
    }
    return token;
  };
  let pending: Promise<Token> | undefined;
  let renewal: { readonly rejected: string; readonly token: Promise<Token> } | undefined;
  return {
    current: () =>
      (pending ??= ask({}).finally(() => {
        pending = undefined;
      })),
    renewed: (rejected) => {
      if (renewal?.rejected !== rejected) {
        const forget = (): void => {
          renewal = undefined;
        };
        const token = ask({ rejected });
        renewal = { rejected, token };
        // Kept while it is good: calls that were under way with the old token are refused one after the other.
        token.then((renewed) => (renewed && renewed !== rejected) || forget(), forget);
      }
      return renewal.token;
    },
  };
}

/** True for the response that says that the token itself is the trouble (RFC 6750 section 3.1). */
export function saysInvalidToken(response: Response): boolean {
  return (
    response.status === 401 && /error="?invalid_token/.test(response.headers.get('www-authenticate') ?? '')
  );
}
