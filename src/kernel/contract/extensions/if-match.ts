import { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import { parseEntityTags } from '../entity-tags.ts';
import type { Operation } from '../operation.ts';

/** Whether an operation takes `If-Match`, and whether every request must have it. */
export type IfMatchUse = 'none' | 'optional' | 'required';

/** It is taken when the contract declares the header, and required when that says so or the operation answers 428. */
export function ifMatchOf({ parameters, responses }: Operation): IfMatchUse {
  const header = parameters.find(({ in: location, key }) => location === 'header' && key === 'if-match');
  if (header === undefined) return 'none';
  return header.required || responses.some(({ status }) => status === 428) ? 'required' : 'optional';
}

/**
 * Checks that a request has the `If-Match` that its operation needs. Which version that allows is the module's to say.
 *
 * @param lines of the header; several are one list (RFC 9110 section 5.3).
 * @throws {ProtocolError} 428 when it is missing (RFC 6585 section 3), 400 when it is no list of entity tags.
 */
export function checkIfMatch(use: IfMatchUse, lines: readonly string[]): void {
  if (use === 'none') return;
  if (lines.length === 0) {
    if (use === 'optional') return;
    throw new ProtocolError(
      428,
      'if-match-required',
      'This operation needs If-Match with the ETag of the version that the change was made from.',
    );
  }
  if (parseEntityTags(lines.join(',')) !== undefined) return;
  const detail = 'must be * or a list of entity tags, such as "v3"';
  throw new ProtocolError(400, 'invalid-if-match', `If-Match ${detail}.`, {
    errors: [{ parameter: 'If-Match', code: 'entityTags', detail }],
  });
}
