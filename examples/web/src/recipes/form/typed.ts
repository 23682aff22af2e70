/** What people type into the fields of numbers, as the API takes it. */

const VULGAR: Readonly<Record<string, string>> = { '½': '1/2', '¼': '1/4', '¾': '3/4', '⅛': '1/8' };

/** `1,5` and `1 1/2` as `1.5`; what no decimal says exactly goes as it is, for the API to refuse. */
export function toDecimal(typed: string): string {
  const text = typed
    .trim()
    .replace(/\s*([½¼¾⅛])$/, (_all, sign: string) => ` ${VULGAR[sign] ?? sign}`)
    .trim();
  const mixed = /^(?:(\d{1,6})\s+)?(\d{1,4})\/(\d{1,4})$/.exec(text);
  if (mixed === null) return text.replace(',', '.');
  const [, whole = '0', top = '', bottom = ''] = mixed;
  const value = Number(whole) + Number(top) / Number(bottom);
  const decimal = value.toFixed(6).replace(/\.?0+$/, '');
  const isExact = Number(decimal) * Number(bottom) === Number(whole) * Number(bottom) + Number(top);
  return isExact ? decimal : text;
}

/** Quantity, unit and note of an ingredient, as typed or as they are meant. */
export interface Measure {
  readonly quantity: string;
  readonly unit: string;
  readonly note: string;
}

/**
 * Takes apart what was typed into one field: `a pinch` is one pinch, `1.5kg` a number and a unit, and words without a number, such as
 * `to taste`, are a note. Only where the other field is free; the rest goes as it is, for the API to refuse.
 */
export function toMeasure(typed: Measure): Measure {
  const [quantity, unit, note] = [typed.quantity.trim(), typed.unit.trim(), typed.note.trim()];
  const [, number = '', words = ''] =
    /^((?:an?|one)(?=\s)|[\d.,/½¼¾⅛][\d\s.,/½¼¾⅛]*)?\s*(\p{L}.*)?$/iu.exec(quantity) ?? [];
  const amount = toDecimal(/^[a-z]/i.test(number) ? '1' : number);
  if (words === '') return { quantity: toDecimal(quantity), unit, note };
  if (number !== '' && unit === '') return { quantity: amount, unit: words, note };
  if (number === '' && note === '') return { quantity: '', unit, note: words };
  return { quantity, unit, note };
}

/** Minutes of `90`, `90 min`, `1h`, `1 h 30`, `1:30`, `1.5 h` or `1½ h`; undefined for what is none of them. */
export function toMinutes(typed: string): number | undefined {
  const text = typed.trim().toLowerCase();
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const parts =
    /^(?:(\d[\d.,\s/]*[½¼¾⅛]?|[½¼¾⅛])\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*(?:m|mins?|minutes?|')?)?$/u.exec(
      text,
    );
  const [, hours, minutes] = parts ?? [];
  if (hours === undefined && minutes === undefined) return undefined;
  const sum = Number(toDecimal(hours ?? '0')) * 60 + Number(minutes ?? '0');
  return Number.isInteger(sum) ? sum : undefined;
}
