/**
 * Types of the platform by what every library of types has, the DOM's and that of Node.js, and every TypeScript from 5.6: their
 * own names (`HeadersInit`, `BodyInit`) are those of the DOM alone, and views of memory are generic from 5.7.
 */

/** Headers in any of the forms that `fetch` takes. */
export type HeadersLike = NonNullable<ConstructorParameters<typeof Headers>[0]>;

/** What `fetch` sends. */
export type BodyLike = NonNullable<ConstructorParameters<typeof Response>[0]>;

/** What makes text of octets; the types of Node.js know its name as that of a value alone. */
export type OctetDecoder = InstanceType<typeof TextDecoder>;

/** A view of memory that is not shared. */
export type OctetView = Extract<BodyLike, ArrayBufferView>;

/**
 * Options of `fetch`, those of the platform among them, such as `next` of Next.js, `cf` of Cloudflare, `dispatcher` of Node.js. What the
 * call says itself cannot be given.
 */
export interface FetchOptions {
  readonly cache?: 'default' | 'force-cache' | 'no-cache' | 'no-store' | 'only-if-cached' | 'reload';
  /** Cookies; this API takes none, and a browser refuses its answers from another origin with `include`. */
  readonly credentials?: 'include' | 'omit' | 'same-origin';
  readonly integrity?: string;
  readonly keepalive?: boolean;
  readonly mode?: 'cors' | 'navigate' | 'no-cors' | 'same-origin';
  readonly priority?: 'auto' | 'high' | 'low';
  readonly redirect?: 'error' | 'follow' | 'manual';
  readonly referrer?: string;
  readonly referrerPolicy?:
    | ''
    | 'no-referrer'
    | 'no-referrer-when-downgrade'
    | 'origin'
    | 'origin-when-cross-origin'
    | 'same-origin'
    | 'strict-origin'
    | 'strict-origin-when-cross-origin'
    | 'unsafe-url';
  readonly method?: never;
  readonly headers?: never;
  readonly body?: never;
  readonly signal?: never;
  readonly [option: string]: unknown;
}
