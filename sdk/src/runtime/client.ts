import { createCredentials, type Credentials, type TokenProvider } from './credentials.ts';
import type { Hooks } from './hooks.ts';
import type { FetchOptions, HeadersLike } from './platform-types.ts';
import type { RetryPolicy } from './retry.ts';
import type { SetTimer } from './within.ts';

/** What may be set for a client, and for one call, which has the last word. */
export interface CallSettings {
  /** Time of one attempt, body included, in milliseconds. Default: 30,000. `Infinity` for none. */
  readonly timeoutMs?: number | undefined;
  /** Time of the call with all its attempts and the delays between them, in milliseconds. Default: 90,000. */
  readonly overallTimeoutMs?: number | undefined;
  /** `false` sends everything once. */
  readonly retry?: RetryPolicy | false | undefined;
  /** A body that is larger, in bytes, is an `UnexpectedResponseError`. Default: 33,554,432 (32 MiB). */
  readonly maxResponseBytes?: number | undefined;
  /** Added to each request. Credentials do not belong here: `auth` is never shown to hooks. */
  readonly headers?: HeadersLike | undefined;
  /** Handed to `fetch` as it stands: `{ cache: 'no-store' }`. */
  readonly fetchOptions?: FetchOptions | undefined;
}

export interface CallOptions extends CallSettings {
  /** Default: the client of `setDefaultClient`. */
  readonly client?: Client | undefined;
  /** Aborting it ends the call with an `AbortedError`, at any point. */
  readonly signal?: AbortSignal | null | undefined;
}

export interface ClientOptions extends CallSettings {
  /** Where the API is: `https://api.example.com/v1`; in a browser a path such as `/api` will do. */
  readonly baseUrl: string | URL;
  /** The bearer token, or what gives it; it is sent to operations that take one, and to no other. */
  readonly auth?: string | TokenProvider | undefined;
  /** Keys of the contract's `apiKey` schemes, by their names there; sent to operations that take them, and to no other. */
  readonly apiKeys?: Readonly<Record<string, string>> | undefined;
  readonly hooks?: Hooks | undefined;
  /** Default: the global `fetch`, as it is at the time of the call. */
  readonly fetch?: typeof fetch | undefined;
  /** Time and chance; tests replace them. */
  readonly clock?: Partial<Clock> | undefined;
}

/** Time and chance. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly setTimer: SetTimer;
}

/** Where and how operations are called. Immutable; two clients share nothing. */
export interface Client {
  /** Absolute and without a slash at the end. */
  readonly baseUrl: string;
  readonly settings: CallSettings;
  readonly hooks: Hooks;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Undefined without `auth`. It keeps the token to itself: printing a client shows none. */
  readonly credentials: Credentials | undefined;
  /** The key of an `apiKey` scheme, which printing a client does not show either. */
  readonly keyOf: (scheme: string) => string | undefined;
}

const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimer: (callback, ms) => {
    // A timer takes what is longer than 31 bits for nothing.
    const timer = setTimeout(callback, Math.min(ms, 2_147_483_647));
    return () => clearTimeout(timer);
  },
};

/**
 * Makes a client.
 * @throws {TypeError} when `baseUrl` is not an http(s) URL, or has a query, a fragment or credentials; when a time, a size or a
 * number of retries is no number of that kind.
 */
export function createClient(options: ClientOptions): Client {
  const { apiKeys, auth, baseUrl, clock: given, fetch, hooks, ...settings } = options;
  checkSettings(settings);
  const clock = { ...systemClock, ...given };
  return {
    baseUrl: checkedBaseUrl(baseUrl),
    settings,
    hooks: hooks ?? {},
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
    clock,
    credentials: auth
      ? createCredentials(typeof auth === 'string' ? () => auth : auth, clock.now)
      : undefined,
    keyOf: (scheme) => apiKeys?.[scheme],
  };
}

/**
 * Refuses what is no time, size or number: a timer would take `NaN` for 1 ms, and no size is larger than it.
 * @throws {TypeError} that names the setting.
 */
export function checkSettings(settings: CallSettings): void {
  for (const [name, value] of Object.entries<unknown>({ ...settings, ...settings.retry })) {
    const mayBeZero = name in Object(settings.retry);
    const isRight = typeof value === 'number' && (value > 0 || (mayBeZero && value === 0));
    if (/(Ms|Bytes|^retries)$/.test(name) && value !== undefined && !isRight) {
      throw new TypeError(`${name} must be a number ${mayBeZero ? 'from' : 'above'} 0`);
    }
  }
}

function checkedBaseUrl(baseUrl: string | URL): string {
  let href = '';
  try {
    // `location` is there in browsers only; it is what a relative base is relative to.
    ({ href } = new URL(baseUrl, globalThis.location?.href));
  } catch {
    // It is refused below.
  }
  if (/^https?:\/\/[^/?#@]+\/[^?#]*$/.test(href)) return href.replace(/\/+$/, '');
  throw new TypeError('baseUrl must be an http(s) URL without query, fragment and credentials');
}

let defaultClient: (() => Client | undefined) | undefined;

/**
 * The client of all calls that name none. For an app in a browser, once, in its entry. A server that acts for several users
 * gives a function that knows the client of the request that is being answered, such as that of an `AsyncLocalStorage`:
 * `setDefaultClient(() => requests.getStore())`. It is asked at the beginning of each call.
 */
export function setDefaultClient(client: Client | (() => Client | undefined) | undefined): void {
  defaultClient = typeof client === 'object' ? () => client : client;
}

/** @throws {Error} when there is no default client. */
export function getDefaultClient(): Client {
  const client = defaultClient?.();
  if (client) return client;
  throw new Error('No client: pass { client }, or call setDefaultClient(createClient({ baseUrl })) first');
}
