import type { VersionCondition } from '../application/recipe-api.ts';
import { InvalidIfMatchError } from './errors.ts';

/** An entity tag, weak or strong. Source: RFC 9110, section 8.8.3. */
const ENTITY_TAG = /^(?<weak>W\/)?"(?<opaque>[\u0021\u0023-\u007E\u0080-\u00FF]*)"$/;
const VERSION = /^v(?<version>[1-9][0-9]{0,9})$/;

/** The strong entity tag of a version: `"v3"`. */
export function toVersionTag(version: number): string {
  return `"v${version}"`;
}

/**
 * The versions that an `If-Match` header allows; undefined when there is none. Tags that are weak or not of this API allow none: the
 * comparison is strong (RFC 9110, section 13.1.1).
 *
 * @throws {InvalidIfMatchError} when the header is neither `*` nor a list of entity tags.
 */
export function parseIfMatch(header: string | undefined): VersionCondition | undefined {
  if (header === undefined) {
    return undefined;
  }
  if (header.trim() === '*') {
    return 'any';
  }
  // A comma inside of a tag makes two broken parts of it; no tag of this API has one, and a list that has one is refused.
  const members = header.split(',').map((member) => member.trim());
  const present = members.filter((member) => member !== '');
  if (present.length === 0) {
    throw new InvalidIfMatchError();
  }
  return present.flatMap((member) => {
    const groups = ENTITY_TAG.exec(member)?.groups;
    if (groups === undefined) {
      throw new InvalidIfMatchError();
    }
    const version = VERSION.exec(groups['opaque'] ?? '')?.groups?.['version'];
    return groups['weak'] === undefined && version !== undefined ? [Number(version)] : [];
  });
}
