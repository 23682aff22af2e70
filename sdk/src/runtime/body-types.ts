import type { OctetView } from './platform-types.ts';

/** Types of bodies that JSON Schema cannot say; generated code refers to them. */

/** Any JSON value: what an unconstrained schema (`{}`) stands for. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A file part of a `multipart/form-data` request: a `File`, which has a name, or a `Blob`, which has none. */
export type UploadedFile = Blob;

/** A body of octets. A stream is sent once: such a call is never retried. */
export type BinaryBody = Blob | ArrayBuffer | OctetView | ReadableStream<Uint8Array>;

/** Server-sent events as they come (`text/event-stream`); `cancel()` ends them. */
export type EventStream = ReadableStream<Uint8Array>;
