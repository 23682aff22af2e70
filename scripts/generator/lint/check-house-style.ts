import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { locate, locateKey } from '../load/cursor.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { walkDocument } from '../load/walk-document.ts';
import type { Rule } from './rule.ts';

/** Runs rules of the house style over every document. */
export function checkHouseStyle(specs: SpecSet, rules: readonly Rule[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const document of specs.documents.values()) {
    const input = { specs, document, visits: walkDocument(document) };
    for (const rule of rules) {
      for (const { at, onKey, message } of rule.check(input)) {
        found.push({ rule: rule.name, message, at: onKey === true ? locateKey(at) : locate(at) });
      }
    }
  }
  return found;
}
