import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Endpoint, Representation } from './endpoint.ts';

/** A file that does not change while the process runs: read when first asked for, then kept. */
export function createFileEndpoint(file: URL, contentType: string): Endpoint {
  let loaded: Promise<Representation> | undefined;
  return {
    read() {
      loaded ??= readFile(file).then((body) => toRepresentation(body, contentType));
      return loaded;
    },
  };
}

/** Bytes that are at hand and do not change while the process runs. */
export function createStaticEndpoint(
  body: Uint8Array,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): Endpoint {
  const representation = toRepresentation(body, contentType, headers);
  return { read: () => Promise.resolve(representation) };
}

/** A representation that clients may keep, and must ask about before they use it again. */
function toRepresentation(
  body: Uint8Array,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): Representation {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return {
    status: 200,
    contentType,
    body,
    headers: { 'cache-control': 'public, no-cache', ...headers, etag: `"${digest}"` },
  };
}
