import { parseEntityTags } from '../entity-tags.ts';

/**
 * Whether `If-None-Match` says that the client has the representation with this entity tag. The comparison is weak; `*` has
 * everything, and what is no list of entity tags has nothing. Source: RFC 9110 sections 8.8.3.2 and 13.1.2.
 */
export function isNotModified(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  const wanted = parseEntityTags(ifNoneMatch);
  if (wanted === undefined || wanted === 'any') return wanted === 'any';
  const own = parseEntityTags(etag);
  return own !== undefined && own !== 'any' && wanted.some(({ opaque }) => opaque === own[0]?.opaque);
}
