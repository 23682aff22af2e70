/**
 * Types of request and response bodies that JSON Schema cannot say. Emitted handler interfaces refer to them.
 */

/** Any JSON value: what an unconstrained schema (`{}`) stands for. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A body of octets. Requests carry it unread: its reader applies the back pressure. */
export type BinaryStream = ReadableStream<Uint8Array>;

/** What a handler may answer where the contract says octets. */
export type BinaryContent = Uint8Array | BinaryStream;

/** A file part of a `multipart/form-data` request (RFC 7578), already received and within the limits. */
export interface UploadedFile {
  /** As the client named it, without any path; never a safe path on disk. Empty when it gave none. */
  readonly filename: string;
  /** The part's media type; `application/octet-stream` when it gave none. */
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly content: Uint8Array;
}
