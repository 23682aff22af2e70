import type { Operation } from '../operation.ts';

/**
 * Whether a request without `If-Match` is refused with 428 (RFC 6585 section 3): the contract declares the header, and
 * that it is required or that the operation answers 428.
 */
export function needsIfMatch({ parameters, responses }: Operation): boolean {
  const header = parameters.find(({ in: location, key }) => location === 'header' && key === 'if-match');
  return header !== undefined && (header.required || responses.some(({ status }) => status === 428));
}
