import { isIPv6 } from 'node:net';

/** RFC 3339 section 5.6, `full-date`. */
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/**
 * RFC 3339 section 5.6, `date-time`; letters may be in either case, the separator is `T` only. It knows no largest number of
 * fraction digits, PostgreSQL reads texts of up to 128 characters.
 */
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,64})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;
/** RFC 9562 section 4, without `urn:uuid:` and braces: what PostgreSQL reads everywhere. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** The largest offset in use is +14:00. */
const MAX_OFFSET_HOURS = 14;

/** A day of the calendar in the years 1 to 9999: year 0 does not exist in PostgreSQL. */
export function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined || year === '0000') return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** An instant with an offset of at most 14 hours. Leap seconds are refused: no database of ours stores them. */
export function isDateTime(text: string): boolean {
  const match = DATE_TIME.exec(text);
  if (match === null) return false;
  const [, date = '', hours, minutes, seconds, offsetHours, offsetMinutes] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return false;
  const offset = Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0);
  if (Number(offsetMinutes ?? 0) > 59 || offset > MAX_OFFSET_HOURS * 60) return false;
  return isDate(date);
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** RFC 3339 appendix A: a unit is followed by the next smaller one, or by none; weeks stand alone. */
const DURATION =
  /^P(?:(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?|T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)|\d+W)$/;

/** RFC 1123 section 2.1: labels of letters, digits and hyphens. What an A-label (`xn--`) stands for is not looked into. */
const HOSTNAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** RFC 6570 section 2, with the apostrophe in literals (erratum 6937). */
const URI_TEMPLATE =
  /^(?:[\x21\x23\x24\x26-\x3B\x3D\x3F-\x5B\x5D\x5F\x61-\x7A\x7E\u{A0}-\u{10FFFF}]|%[0-9A-Fa-f]{2}|\{[+#./;?&=,!@|]?(?:[\w]|%[0-9A-Fa-f]{2})+(?:\.(?:[\w]|%[0-9A-Fa-f]{2})+)*(?::[1-9]\d{0,3}|\*)?(?:,(?:[\w]|%[0-9A-Fa-f]{2})+(?:\.(?:[\w]|%[0-9A-Fa-f]{2})+)*(?::[1-9]\d{0,3}|\*)?)*\})*$/u;

/** Scheme, authority, path, query and fragment of any text. Source: RFC 3986 appendix B. */
const URI_PARTS = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const SCHEME = /^[a-z][a-z0-9+.-]*$/i;
/** User information, a literal address or a name, and a port. */
const AUTHORITY =
  /^(?:(?:[a-z0-9._~!$&'()*+,;=:-]|%[0-9a-f]{2})*@)?(?:\[([^\]]*)\]|(?:[a-z0-9._~!$&'()*+,;=-]|%[0-9a-f]{2})*)(?::\d*)?$/i;
const IP_FUTURE = /^v[0-9a-f]+\.[a-z0-9._~!$&'()*+,;=:-]+$/i;
const PATH = /^(?:[a-z0-9._~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*$/i;
const QUERY = /^(?:[a-z0-9._~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*$/i;

/** Source: RFC 3986 section 3. */
export function isUri(text: string): boolean {
  return URI_PARTS.exec(text)?.[1] !== undefined && isUriReference(text);
}

/** Source: RFC 3986 section 4.1. */
export function isUriReference(text: string): boolean {
  const [, scheme, authority, path = '', query = '', fragment = ''] = URI_PARTS.exec(text) ?? [];
  // Before a colon a relative path would be read as a scheme (section 4.2).
  if (scheme === undefined ? authority === undefined && path.startsWith(':') : !SCHEME.test(scheme))
    return false;
  return (
    (authority === undefined || isAuthority(authority)) &&
    PATH.test(path) &&
    QUERY.test(query) &&
    QUERY.test(fragment)
  );
}

function isAuthority(text: string): boolean {
  const match = AUTHORITY.exec(text);
  if (match === null) return false;
  const [, literal] = match;
  return literal === undefined || isIPv6(literal) || IP_FUTURE.test(literal);
}

/** As `pattern` reads it: ECMAScript with the flag u. */
export function isRegex(text: string): boolean {
  try {
    void new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Formats that are checked by us, under their names in the derived document. */
export const FORMATS = {
  'rfc3339-date': { type: 'string', validate: isDate },
  'rfc3339-date-time': { type: 'string', validate: isDateTime },
  uuid: { type: 'string', validate: isUuid },
  duration: DURATION,
  hostname: HOSTNAME,
  uri: { type: 'string', validate: isUri },
  'uri-reference': { type: 'string', validate: isUriReference },
  'uri-template': URI_TEMPLATE,
  regex: { type: 'string', validate: isRegex },
  // The encodings of RFC 4648, for `contentEncoding`; base64url may be without padding (section 3.2).
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  base64url: /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}(?:==)?|[A-Za-z0-9_-]{3}=?)?$/,
  base32: /^(?:[A-Z2-7]{8})*(?:[A-Z2-7]{2}={6}|[A-Z2-7]{4}={4}|[A-Z2-7]{5}={3}|[A-Z2-7]{7}=)?$/,
  base16: /^(?:[0-9A-F]{2})*$/,
} as const;
