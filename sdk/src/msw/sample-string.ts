import type { JsonSchemaObject } from './json-schema.ts';
import type { Random } from './random.ts';

const WORDS =
  'a warm soup of ripe red tomatoes with fresh basil and good bread for slow winter evenings'.split(' ');

/**
 * A string of a schema. Identifiers and instants differ from one to the next; everything else is an example of the
 * contract where it has some.
 *
 * @throws {Error} when the schema has a `pattern` and no example: no text is made up for it.
 */
export function sampleString(schema: JsonSchemaObject, random: Random): string {
  const { format = '', pattern, minLength = 0, maxLength = Infinity } = schema;
  const made = FORMATS[format]?.(random);
  if (made !== undefined && !pattern && made.length >= minLength && made.length <= maxLength) return made;
  const [first, ...others] = (schema.examples ?? []).filter((example) => typeof example === 'string');
  if (first !== undefined) return random.pick([first, ...others]);
  if (pattern) throw new Error(`the contract has no example for the pattern ${pattern}`);
  const most = Math.min(maxLength, Math.max(minLength, 40));
  let text = '';
  while (text.length < Math.max(minLength, Math.min(12, most))) {
    text += `${text && ' '}${WORDS[random.between(0, WORDS.length - 1)]}`;
  }
  // A space at the end of a cut text might be trimmed later.
  return text.slice(0, most).replace(/ $/, 'a');
}

const FORMATS: Readonly<Record<string, (random: Random) => string>> = {
  uuid,
  'date-time': (random) => instant(random).toISOString(),
  date: (random) => instant(random).toISOString().slice(0, 10),
  time: (random) => instant(random).toISOString().slice(11),
  email: (random) => `${hex(random, 8)}@example.com`,
  uri: (random) => `https://example.com/${hex(random, 8)}`,
  'uri-reference': (random) => `/${hex(random, 8)}`,
  hostname: (random) => `${hex(random, 8)}.example.com`,
  ipv4: (random) => `192.0.2.${random.between(1, 254)}`,
  ipv6: (random) => `2001:db8::${hex(random, 4)}`,
};

/** Version 7 of a fixed day (RFC 9562), so that samples look like what the API makes. */
function uuid(random: Random): string {
  return `0198d7a2-${hex(random, 4)}-7${hex(random, 3)}-9${hex(random, 3)}-${hex(random, 12)}`;
}

function instant(random: Random): Date {
  return new Date(Date.UTC(2026, 0, 1) + random.between(0, 365 * 86_400_000 - 1));
}

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => random.between(0, 15).toString(16)).join('');
}
