import type { BodyEncoder } from './encode-body.ts';
import { fieldOf, membersOf, type AmbiguousFields } from './encode-form.ts';
import { plain, refuse } from './encode-parameter.ts';
import { jsonText } from './json-text.ts';
import type { OctetView } from './platform-types.ts';

const STYLE = 'multipart';

/**
 * `multipart/form-data` (RFC 7578): a `File`, a `Blob` or bytes are a file part, an array repeats its name, an object or `null` is
 * a part of type `application/json`, undefined members are left out. Source: OpenAPI 3.1 section 4.8.14.5.
 */
export const multipartBody: BodyEncoder = /* @__PURE__ */ multipartWith({});

/** `multipartBody` of a form with fields whose text would not tell their value: they are JSON whatever it is. */
export function multipartWith(ambiguous: AmbiguousFields): BodyEncoder {
  return (body) => {
    const form = new FormData();
    for (const [name, value] of membersOf(STYLE, body, ambiguous)) {
      // What writes the names of parts changes these, and what reads them cannot tell.
      if (/[\r\n\\]|%22|%0[ad]/i.test(name)) refuse(name, STYLE, name, ' as a name');
      form.append(name, toPart(name, value, fieldOf(ambiguous, name) !== undefined));
    }
    return form;
  };
}

function toPart(name: string, value: unknown, isJson: boolean): string | Blob {
  if (value instanceof Blob) return value;
  if (value instanceof ArrayBuffer || isView(value)) return new Blob([value]);
  const isData = typeof value !== 'object' || value instanceof Date;
  if (isJson || !isData) return jsonPart(value);
  const text = plain(name, STYLE, value);
  // A field's line breaks are made CR LF on the way; those of a part of its own stay.
  return /[\r\n]/.test(text) ? new Blob([text], { type: 'text/plain' }) : text;
}

function jsonPart(value: unknown): Blob {
  return new Blob([jsonText(value)], { type: 'application/json' });
}

/** A view of memory that is not shared, which is all that a `Blob` takes. */
function isView(item: unknown): item is OctetView {
  return ArrayBuffer.isView(item);
}
