/**
 * Whether `If-None-Match` says that the client has this representation. The comparison is weak; `*` has everything.
 * Source: RFC 9110 sections 8.8.3.2 and 13.1.2.
 */
export function isNotModified(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const wanted = opaqueTag(etag);
  return Array.from(ifNoneMatch.matchAll(/(?:W\/)?"[^"]*"/g), ([tag]) => opaqueTag(tag)).includes(wanted);
}

function opaqueTag(etag: string): string {
  return etag.startsWith('W/') ? etag.slice(2) : etag;
}
