/** An entity tag. Source: RFC 9110 section 8.8.3. */
export interface EntityTag {
  /** What stands between the quotes; a comma there is part of it. */
  readonly opaque: string;
  readonly isWeak: boolean;
}

/** What `If-Match` or `If-None-Match` asks for: any version that there is, or one of these. */
export type EntityTagCondition = 'any' | readonly EntityTag[];

const ANY = /^[ \t]*\*[ \t]*$/;
/** Commas with nothing between them are skipped (RFC 9110 section 5.6.1.2). */
const GAP = /[ \t,]*/y;
const TAG = /(?<weak>W\/)?"(?<opaque>[\x21\x23-\x7e\x80-\xff]*)"/y;

/**
 * Reads the value of `If-Match` or `If-None-Match`; several lines of the header are joined with commas before. Undefined when it is
 * neither `*` nor a list of entity tags. Source: RFC 9110 sections 13.1.1 and 13.1.2.
 */
export function parseEntityTags(text: string): EntityTagCondition | undefined {
  if (ANY.test(text)) return 'any';
  const tags: EntityTag[] = [];
  for (let at = 0; ; at = TAG.lastIndex) {
    GAP.lastIndex = at;
    const [gap = ''] = GAP.exec(text) ?? [];
    if (at + gap.length === text.length) return tags.length === 0 ? undefined : tags;
    if (tags.length > 0 && !gap.includes(',')) return undefined;
    TAG.lastIndex = at + gap.length;
    const groups = TAG.exec(text)?.groups;
    if (groups === undefined) return undefined;
    tags.push({ opaque: groups['opaque'] ?? '', isWeak: groups['weak'] !== undefined });
  }
}

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

/** The versions that a change may meet: any of these, or any at all. */
export type VersionCondition = 'any' | readonly number[];

const VERSION = /^v(?<version>[1-9][0-9]{0,9})$/;

/** The strong entity tag of a version that counts a thing's changes: `"v3"`. */
export function toVersionTag(version: number): string {
  return `"v${version}"`;
}

/**
 * The versions that an `If-Match` header allows; undefined when there is none. Tags that are weak or not of this API allow none: the
 * comparison is strong (RFC 9110, section 13.1.1).
 */
export function parseIfMatch(header: string | undefined): VersionCondition | undefined {
  if (header === undefined) {
    return undefined;
  }
  // What is no list of tags has been refused before; it would allow no version.
  const condition = parseEntityTags(header) ?? [];
  if (condition === 'any') {
    return 'any';
  }
  return condition.flatMap(({ isWeak, opaque }) => {
    const version = VERSION.exec(opaque)?.groups?.['version'];
    return isWeak || version === undefined ? [] : [Number(version)];
  });
}
