import type { KeyWriter } from './api-keys.ts';
import type { BodyDecoder } from './decode-body.ts';
import type { ParameterEncoder } from './encode-parameter.ts';
import type { BodyLike } from './platform-types.ts';
import type { ResponseHeader } from './response-header.ts';

/** Encodes the parameters that a call gives, and hands on their text and name. */
export type GivenParameters = (
  encoders: Readonly<Record<string, ParameterEncoder>> | undefined,
  put: (text: string, name: string) => void,
) => void;

/** Makes the query of a call, with its question mark; empty when no parameter is given. */
export interface QueryWriter {
  (given: GivenParameters): string;
  readonly encoders: Readonly<Record<string, ParameterEncoder>>;
}

/** Puts the cookies of a call into the headers. */
export type CookieWriter = (given: GivenParameters, headers: Record<string, string>) => void;

/** Encodes the body of a call, undefined when it has none, and says its type in the headers. */
export type BodyWriter = (
  params: Readonly<Record<string, unknown>>,
  headers: Record<string, string>,
) => BodyLike | undefined;

/** When an operation may be sent again, and what the answer is to one that came too early. */
export interface Resend {
  /** True when a request with these headers may be sent again. */
  readonly isAllowed: (headers: Readonly<Record<string, string>>) => boolean;
  /** True for the response that says that the request is under way, sent by an attempt before. */
  readonly isUnderWay: (response: Response) => boolean;
}

/** An operation of the contract as data; generated. Parameters stand under the key that callers give them. */
export interface OperationDescriptor {
  readonly id: string;
  readonly method: string;
  /** `/tickets/{ticketId}`; what stands in braces is a key of the parameters. */
  readonly path: string;
  /** Styles of path parameters that are not `simple`. */
  readonly pathStyles?: Readonly<Record<string, ParameterEncoder>>;
  readonly query?: QueryWriter;
  readonly headers?: Readonly<Record<string, ParameterEncoder>>;
  readonly cookies?: CookieWriter;
  /** Gives a call an `Idempotency-Key` that has none; only where the operation declares that header. */
  readonly addKey?: (headers: Record<string, string>) => void;
  /** When it may be sent again; absent where it always may, and has no key (RFC 9110 section 9.2.2). */
  readonly resend?: Resend;
  /** Keys whose parameter has another name on the wire; only where two parameters of an operation share a name. */
  readonly names?: Readonly<Record<string, string>>;
  readonly body?: BodyWriter;
  /** By status, `4XX` or `default`; everything else is an `UnexpectedResponseError`. */
  readonly responses: Readonly<Record<string, BodyDecoder>>;
  /** Declared response headers by name. */
  readonly responseHeaders?: Readonly<Record<string, ResponseHeader>>;
  /** Value of `Accept`, where it is not JSON. */
  readonly accept?: string;
  /** True when the contract asks for, or allows, a bearer token; no other operation is sent one. */
  readonly auth?: boolean;
  /** `manual` when the contract declares a redirect. */
  readonly redirect?: 'manual';
  /** Puts in the keys of the `apiKey` schemes that the operation takes. */
  readonly keys?: KeyWriter;
  /** How `paginate` walks its pages. */
  readonly page?: PageDescriptor;
}

/** Where the pages of an operation are: a parameter, and two properties of the body. */
export interface PageDescriptor {
  /** The parameter that takes a cursor. */
  readonly cursor: string;
  /** The property with the items. */
  readonly items: string;
  /** The property with the cursor of the next page; absent or null on the last page. */
  readonly next: string;
}
