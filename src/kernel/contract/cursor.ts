import { createHash } from 'node:crypto';
import { DomainError } from '#kernel/domain/domain-error.ts';

/** A cursor that no page of this list gave: altered, of another person, or of another list. */
export class InvalidCursorError extends DomainError {
  readonly kind = 'malformed';
  readonly code = 'invalid-cursor';

  constructor() {
    super(
      'The cursor does not belong to this list. Send nextCursor unchanged, with the same filters and sorting, or start again.',
      { details: [{ parameter: 'cursor', code: 'cursor', message: 'must be a nextCursor of this list' }] },
    );
  }
}

const DIGEST_BYTES = 16;

/**
 * The opaque text of a place in a list: a digest of the place and of all it belongs to, then the place. The digest finds what was altered or
 * taken elsewhere; it is no secret and guards none, because a place gives access to nothing: every page checks again what its reader may
 * see.
 *
 * @param belonging what the cursor is good for: the reader, the sorting, the filters; JSON.
 */
export function sealCursor(place: string, belonging: readonly unknown[]): string {
  return Buffer.concat([digest(place, belonging), Buffer.from(place)]).toString('base64url');
}

/**
 * The place that a cursor stands for. Check it as any input: anybody can compute a digest.
 *
 * @throws {InvalidCursorError} when it was not made for this.
 */
export function openCursor(cursor: string, belonging: readonly unknown[]): string {
  const bytes = Buffer.from(cursor, 'base64url');
  // Decoding passes over what is not base64url; encoding again shows it.
  if (bytes.length <= DIGEST_BYTES || bytes.toString('base64url') !== cursor) {
    throw new InvalidCursorError();
  }
  const place = bytes.subarray(DIGEST_BYTES).toString();
  if (!digest(place, belonging).equals(bytes.subarray(0, DIGEST_BYTES))) {
    throw new InvalidCursorError();
  }
  return place;
}

function digest(place: string, belonging: readonly unknown[]): Buffer {
  const text = JSON.stringify([place, ...belonging]);
  return createHash('sha256').update(text).digest().subarray(0, DIGEST_BYTES);
}
