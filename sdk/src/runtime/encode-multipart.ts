import type { BodyEncoder } from './encode-body.ts';

/**
 * `multipart/form-data` (RFC 7578): a `File` or `Blob` is a file part, an array repeats its name, an object is a part of
 * type `application/json`, undefined members are left out. Source: OpenAPI 3.1 section 4.8.14.5.
 */
export const multipartBody: BodyEncoder = (body) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(Object(body))) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) form.append(name, toPart(item));
    }
  }
  return form;
};

function toPart(item: unknown): string | Blob {
  if (item instanceof Blob) return item;
  if (typeof item === 'string') return item;
  if (item instanceof ArrayBuffer || isView(item)) return new Blob([item]);
  if (typeof item !== 'object') return JSON.stringify(item);
  return new Blob([JSON.stringify(item)], { type: 'application/json' });
}

/** A view of memory that is not shared, which is all that a `Blob` takes. */
function isView(item: unknown): item is ArrayBufferView<ArrayBuffer> {
  return ArrayBuffer.isView(item);
}
