import type { BodyKind } from './contract.ts';

/** A media type as the contract writes it: lower case, without parameters (RFC 9110 section 8.3.1). */
export function canonicalMediaType(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** What the bytes of a media type are. */
export function bodyKind(text: string): BodyKind {
  const mediaType = canonicalMediaType(text);
  if (mediaType === 'application/problem+json') return 'problem';
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) return 'json';
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  if (mediaType === 'multipart/form-data') return 'multipart';
  return mediaType.startsWith('text/') && !isEventStream(mediaType) ? 'text' : 'binary';
}

/** Server-sent events: text that has no end, so it is read as it comes. Source: WHATWG HTML section 9.2. */
export function isEventStream(text: string): boolean {
  return canonicalMediaType(text) === 'text/event-stream';
}
