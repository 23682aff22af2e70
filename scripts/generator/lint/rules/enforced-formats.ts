import { child } from '../../load/cursor.ts';
import type { Rule } from '../rule.ts';

/** Formats of JSON Schema that no validator here checks. Source: JSON Schema Validation 2020-12 section 7.3. */
const UNCHECKED: Readonly<Record<string, string>> = {
  'idn-email': 'email',
  'idn-hostname': 'hostname',
  iri: 'uri',
  'iri-reference': 'uri-reference',
};

/** A format that the standard defines is checked: else any text would pass for one. */
export const enforcedFormats: Rule = {
  name: 'enforced-formats',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      const format = kind === 'schema' ? child(cursor, 'format') : undefined;
      if (typeof format?.value !== 'string' || !Object.hasOwn(UNCHECKED, format.value)) continue;
      const message = `nothing checks the format ${format.value}, so any text passes; write ${String(UNCHECKED[format.value])}, or a pattern`;
      yield { at: format, message };
    }
  },
};
