import type { BodyKind } from '#kernel/contract/operation.ts';
import { plainText } from './encode-parameters.ts';

/** What is done to the bytes of a body after it was written properly. */
export type Damage =
  | 'none'
  | 'truncated'
  | 'more'
  | 'not-utf-8'
  | 'byte-order-mark'
  | 'twice'
  | 'empty'
  | 'huge';

/** A body as it goes out. */
export interface EncodedBody {
  readonly contentType: string;
  readonly bytes: Buffer;
}

const BOUNDARY = 'fuzz-boundary-7f3a';
/** More than any app of the fuzzer takes, unless its operation says otherwise. */
const HUGE_BYTES = 80 * 1024;

/** Writes a value as the media type wants it, as a client would that shares no code with the server. */
export function encodeBody(kind: BodyKind, mediaType: string, value: unknown): EncodedBody {
  switch (kind) {
    case 'json':
    case 'problem':
      return { contentType: mediaType, bytes: Buffer.from(JSON.stringify(value) ?? '') };
    case 'form':
      return { contentType: mediaType, bytes: Buffer.from(encodeForm(value)) };
    case 'multipart':
      return { contentType: `${mediaType}; boundary=${BOUNDARY}`, bytes: encodeMultipart(value) };
    case 'binary':
      return { contentType: mediaType, bytes: bytesOf(value) };
    case 'text':
      return { contentType: mediaType, bytes: Buffer.from(plainText(value)) };
    default:
      return kind satisfies never;
  }
}

/** The bytes after something happened to them. */
export function damageBytes(bytes: Buffer, damage: Damage): Buffer {
  switch (damage) {
    case 'none':
      return bytes;
    case 'truncated':
      return bytes.subarray(0, Math.floor(bytes.length / 2));
    case 'more':
      return Buffer.concat([bytes, Buffer.from('}]"x')]);
    case 'not-utf-8':
      return Buffer.from(bytes.map((byte, index) => (index === Math.floor(bytes.length / 2) ? 0xff : byte)));
    case 'byte-order-mark':
      return Buffer.concat([Buffer.from('\ufeff'), bytes]);
    case 'twice':
      return Buffer.concat([bytes, bytes]);
    case 'empty':
      return Buffer.alloc(0);
    case 'huge':
      return Buffer.concat([bytes, Buffer.alloc(HUGE_BYTES, ' ')]);
    default:
      return damage satisfies never;
  }
}

function encodeForm(value: unknown): string {
  return new URLSearchParams(
    membersOf(value).map(([name, item]): [string, string] => [name, plainText(item)]),
  ).toString();
}

function encodeMultipart(value: unknown): Buffer {
  const parts = membersOf(value).map(([name, item]) => {
    const isFile = item instanceof Uint8Array;
    const quoted = name.replaceAll(/[\r\n"]/g, encodeURIComponent);
    const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${quoted}"`;
    const kind = isFile ? '; filename="file.bin"\r\ncontent-type: application/octet-stream' : '';
    return Buffer.concat([
      Buffer.from(`${head}${kind}\r\n\r\n`),
      isFile ? item : Buffer.from(plainText(item)),
      Buffer.from('\r\n'),
    ]);
  });
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

/** Members of an object, each item of a list for itself. */
function membersOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, items]): [string, unknown][] =>
    Array.isArray(items) ? items.map((item: unknown): [string, unknown] => [name, item]) : [[name, items]],
  );
}

function bytesOf(value: unknown): Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(plainText(value));
}
