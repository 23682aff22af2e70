import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, locateKey, members, type Cursor } from '../load/cursor.ts';
import type { SourceDocument } from '../load/source-document.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { walkDocument } from '../load/walk-document.ts';
import { composing, reached } from './schema-parts.ts';

/**
 * `unevaluatedItems` counts the first items that `prefixItems` of other schemas looked at. What `contains` matched, and what an `items`
 * elsewhere covered, counts too by the standard, and not in our validators: refused, because it would let other items through.
 *
 * Source: JSON Schema 2020-12 section 11.2.
 */
export function checkUnevaluated(specs: SpecSet, document: SourceDocument): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { kind, cursor } of walkDocument(document)) {
    const stated = kind === 'schema' ? child(cursor, 'unevaluatedItems') : undefined;
    if (stated === undefined || stated.value === true) continue;
    const within = reached(cursor, (each) => sameValue(specs, each));
    const keyword = within
      .flatMap((each) => members(each).map(([name]) => ({ name, isOwn: each === cursor })))
      .find(({ name, isOwn }) => name === 'contains' || (!isOwn && COVERING.has(name)))?.name;
    if (keyword === undefined) continue;
    const message = `unevaluatedItems does not know what ${keyword} has looked at; say with items what follows prefixItems`;
    found.push({ rule: 'unsupported-keyword', message, at: locateKey(stated) });
  }
  return found;
}

/** Keywords after which no item is left. */
const COVERING: ReadonlySet<string> = new Set(['items', 'unevaluatedItems']);

/** The schemas in a schema that may speak of its value, conditions included. */
function sameValue(specs: SpecSet, schema: Cursor): readonly Cursor[] {
  const single = ['if', 'then', 'else'].flatMap((keyword) => child(schema, keyword) ?? []);
  const dependent = members(child(schema, 'dependentSchemas')).map(([, each]) => each);
  return [...composing(specs, schema), ...single, ...dependent];
}
