import type { Operation } from '../operation.ts';

/** A header that every response of an operation has. */
export type FixedHeader = readonly [name: string, value: string];

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What the responses of a deprecated operation say, from its contract: `deprecated: true` with `x-deprecated-since` and
 * `x-sunset` (dates, the first moment of that day in UTC) and `x-deprecation-link` (a URL to read on). Sources: RFC 9745
 * (`Deprecation`, `rel="deprecation"`), RFC 8594 (`Sunset`, `rel="sunset"`).
 *
 * @throws {Error} when an extension is malformed, or the end comes before the deprecation.
 */
export function deprecationHeaders({ id, deprecated, extensions }: Operation): readonly FixedHeader[] {
  const since = dateOf(id, 'x-deprecated-since', extensions['x-deprecated-since']);
  const sunset = dateOf(id, 'x-sunset', extensions['x-sunset']);
  const link = linkOf(id, extensions['x-deprecation-link']);
  if (!deprecated) {
    if (since ?? sunset ?? link) throw new Error(`Operation ${id} has a deprecation and is not deprecated.`);
    return [];
  }
  if (since === undefined) {
    throw new Error(`Operation ${id} is deprecated: x-deprecated-since must say since which day.`);
  }
  if (sunset !== undefined && sunset < since) {
    throw new Error(`x-sunset of operation ${id} must not be before x-deprecated-since.`);
  }
  return [
    ['deprecation', `@${since.getTime() / 1000}`],
    ...(sunset === undefined ? [] : [['sunset', sunset.toUTCString()] as const]),
    ...(link === undefined ? [] : [['link', `<${link}>; rel="deprecation"; type="text/html"`] as const]),
  ];
}

function dateOf(id: string, name: string, value: unknown): Date | undefined {
  if (value === undefined) return undefined;
  const date = typeof value === 'string' && DATE.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  // February 30 becomes a day in March: what does not come back was no date.
  if (date === undefined || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value) {
    throw new Error(`${name} of operation ${id} must be a date, such as '2027-01-31'.`);
  }
  return date;
}

function linkOf(id: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+$/.test(value)) {
    throw new Error(`x-deprecation-link of operation ${id} must be an http or https URL.`);
  }
  return value;
}
