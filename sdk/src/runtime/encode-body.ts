import { plain, refuse } from './encode-parameter.ts';
import type { BodyWriter } from './descriptor.ts';
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

/**
 * The body of an operation, in the media type that the parameters choose; the first one is the default.
 * @throws {TypeError} for a media type that is not there.
 */
export const bodyOf =
  (encoders: Readonly<Record<string, BodyEncoder>>): BodyWriter =>
  ({ body, contentType }, headers) => {
    if (body === undefined) return undefined;
    const mediaType = typeof contentType === 'string' ? contentType : (Object.keys(encoders)[0] ?? '');
    const encode = encoders[mediaType] ?? encoders[mediaType.replace(/\/.*/, '/*')] ?? encoders['*/*'];
    if (!encode) throw new TypeError(`contentType ${mediaType} is not in the contract`);
    const encoded = encode(body);
    // The boundary between the parts is known to `fetch` only.
    if (!(encoded instanceof FormData)) headers['content-type'] = mediaType;
    return encoded;
  };

/** Octets: a `Blob`, an `ArrayBuffer` or a view of one, or a stream. A stream is sent once: it is never retried. */
export const binaryBody: BodyEncoder = (body) => {
  const isOctets =
    typeof body === 'string' ||
    ArrayBuffer.isView(body) ||
    [Blob, ArrayBuffer, ReadableStream].some((type) => body instanceof type);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is one of them
  return isOctets ? (body as BodyLike) : refuse('body', 'octets', body);
};
