/** An entity tag (RFC 9110 section 8.8.3), or something that has one in its headers: a result. */
export type EntityTagSource = string | { readonly headers: { readonly etag: string } };

/**
 * Parameters for a change that is to happen only if nobody changed the resource since:
 * `replaceTicket({ ticketId, body, ...ifMatch(ticket) })`. A lost race is a 412.
 *
 * @throws {TypeError} when it is no entity tag.
 */
export function ifMatch(source: EntityTagSource): { readonly 'if-match': string } {
  return { 'if-match': entityTag(source) };
}

/**
 * Parameters for asking again only if the resource has changed since:
 * `getTicket({ ticketId, ...ifNoneMatch(ticket) })`. If it has not, the status is 304.
 *
 * @throws {TypeError} when it is no entity tag.
 */
export function ifNoneMatch(source: EntityTagSource): { readonly 'if-none-match': string } {
  return { 'if-none-match': entityTag(source) };
}

function entityTag(source: EntityTagSource): string {
  const tag: string | undefined = typeof source === 'string' ? source : source.headers.etag;
  if (tag === undefined) {
    throw new TypeError('the response had no ETag header: send no condition, or read the resource again');
  }
  if (/^(\*|(W\/)?"[\x21\x23-\x7e\x80-\xff]*")$/.test(tag)) return tag;
  throw new TypeError('an entity tag stands in double quotes: "v3"');
}
