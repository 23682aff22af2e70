import { jsonText } from './json-text.ts';

/**
 * Makes what `fetch` sends of a request's body. A `FormData` brings its own content type; otherwise it is the media
 * type that the body was encoded for.
 */
export type BodyEncoder = (body: unknown) => BodyInit;

/** `application/json` and every other `+json` type, merge-patch included. */
export const jsonBody: BodyEncoder = jsonText;

/** `text/*`. */
export const textBody: BodyEncoder = String;

/** Octets: a `Blob`, an `ArrayBuffer` or a view of one, or a stream. A stream is sent once: it is never retried. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types of the operation say what it is
export const binaryBody: BodyEncoder = (body) => body as BodyInit;
