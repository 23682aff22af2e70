/** A `Content-Type` value or a member of `Accept`. Source: RFC 9110 section 8.3.1. */
export interface MediaType {
  /** Lower case, without parameters: `application/json`, `image/*`. */
  readonly essence: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const ESSENCE = new RegExp(`^[ \\t]*(${TOKEN}/${TOKEN})[ \\t]*(?:;|$)`);
const PARAMETER = new RegExp(`^[ \\t]*(${TOKEN})=(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)")[ \\t]*(?:;|$)`);

/** Undefined when the text is no media type. */
export function parseMediaType(text: string): MediaType | undefined {
  const start = ESSENCE.exec(text);
  const essence = start?.[1];
  if (start === null || essence === undefined) return undefined;
  const parameters = new Map<string, string>();
  let rest = text.slice(start[0].length);
  while (rest.trim() !== '') {
    const match = PARAMETER.exec(rest);
    if (match === null) return undefined;
    const [all, name = '', token, quoted = ''] = match;
    parameters.set(name.toLowerCase(), token ?? quoted.replaceAll(/\\(.)/g, '$1'));
    rest = rest.slice(all.length);
  }
  return { essence: essence.toLowerCase(), parameters };
}

/** Whether `essence` falls under `range`: `image/png` under `image/*`. Either may be a range. */
export function mediaTypesMeet(one: string, other: string): boolean {
  if (one === other || one === '*/*' || other === '*/*') return true;
  const [oneType, oneSubtype] = one.split('/');
  const [otherType, otherSubtype] = other.split('/');
  return oneType === otherType && (oneSubtype === '*' || otherSubtype === '*');
}

/** Longest `Accept` that is looked at; a longer one is taken for `*` + `/*`. */
const MAX_ACCEPT_LENGTH = 1024;

/**
 * Whether a client that sent `accept` takes one of `offered`. No header, or one that cannot be read, takes everything.
 * Source: RFC 9110 section 12.5.1: of the ranges that match, the most specific one decides.
 */
export function isAccepted(accept: string | undefined, offered: readonly string[]): boolean {
  if (accept === undefined || accept.trim() === '' || accept.length > MAX_ACCEPT_LENGTH) return true;
  const ranges = accept.split(',').flatMap((member) => parseMediaType(member) ?? []);
  if (ranges.length === 0) return true;
  return offered.some((type) => qualityOf(type, ranges) > 0);
}

function qualityOf(type: string, ranges: readonly MediaType[]): number {
  let quality = 0;
  let bestSpecificity = -1;
  for (const { essence, parameters } of ranges) {
    if (!mediaTypesMeet(type, essence)) continue;
    const specificity = essence === '*/*' ? 0 : essence.endsWith('/*') ? 1 : 2;
    if (specificity < bestSpecificity) continue;
    const value = Number(parameters.get('q') ?? '1');
    quality = specificity === bestSpecificity ? Math.max(quality, value) : Number.isNaN(value) ? 1 : value;
    bestSpecificity = specificity;
  }
  return quality;
}
