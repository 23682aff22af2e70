import { parseEntityTags } from './entity-tags.ts';

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
