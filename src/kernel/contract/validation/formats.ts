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

/** Formats that are checked by us, under their names in the derived document. */
export const FORMATS = {
  'rfc3339-date': { type: 'string', validate: isDate },
  'rfc3339-date-time': { type: 'string', validate: isDateTime },
  uuid: { type: 'string', validate: isUuid },
} as const;
