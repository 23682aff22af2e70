import { plain, refuse } from './encode-parameter.ts';
import type { BodyLike } from './platform-types.ts';
import { jsonText } from './json-text.ts';

/**
 * Makes what `fetch` sends of a request's body. A `FormData` brings its own content type; otherwise it is the media
 * type that the body was encoded for.
 */
export type BodyEncoder = (body: unknown) => BodyLike;

/** `application/json` and every other `+json` type, merge-patch included. */
export const jsonBody: BodyEncoder = jsonText;

/** `text/*`. */
export const textBody: BodyEncoder = (body) =>
  typeof body === 'string' ? plain('body', 'text', body) : refuse('body', 'text', body);

/** Octets: a `Blob`, an `ArrayBuffer` or a view of one, or a stream. A stream is sent once: it is never retried. */
export const binaryBody: BodyEncoder = (body) => {
  const isOctets =
    typeof body === 'string' ||
    ArrayBuffer.isView(body) ||
    [Blob, ArrayBuffer, ReadableStream].some((type) => body instanceof type);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is one of them
  return isOctets ? (body as BodyLike) : refuse('body', 'octets', body);
};
