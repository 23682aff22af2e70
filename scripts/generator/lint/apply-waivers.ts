import type { Diagnostic } from '../contract/contract.ts';
import { locate, members, rootCursor } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { isArray, isObject } from '../load/json-value.ts';
import { items } from '../load/cursor.ts';
import type { SpecSet } from '../load/spec-set.ts';

/** The extension that holds waivers: `x-lint-waivers: { bounded-strings: the reason }` beside the node. */
export const WAIVERS = 'x-lint-waivers';

interface Waiver {
  readonly rule: string;
  /** The waiver itself. */
  readonly cursor: Cursor;
  /** The object it stands in: findings there and below are waived. */
  readonly scope: string;
}

/**
 * Takes out the findings that a spec waives with a reason. A waiver without a reason, and one that silences nothing, is
 * a finding itself. Only house rules can be waived: `diagnostics` holds theirs alone.
 */
export function applyWaivers(specs: SpecSet, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const waivers = [...specs.documents.values()].flatMap((document) =>
    Array.from(findWaivers(rootCursor(document), '')),
  );
  const found: Diagnostic[] = [];
  const used = new Set<Waiver>();
  for (const diagnostic of diagnostics) {
    const { at, rule } = diagnostic;
    const waiver = waivers.find(
      (each) =>
        each.rule === rule &&
        each.cursor.document.file === at.file &&
        (at.pointer === each.scope || at.pointer.startsWith(`${each.scope}/`)),
    );
    if (waiver === undefined) found.push(diagnostic);
    else used.add(waiver);
  }
  for (const waiver of waivers) {
    const { value } = waiver.cursor;
    if (typeof value !== 'string' || value.trim() === '') {
      found.push({
        rule: 'waiver-reason',
        message: `the waiver of ${waiver.rule} needs its reason as text`,
        at: locate(waiver.cursor),
      });
    } else if (!used.has(waiver)) {
      found.push({
        rule: 'unused-waiver',
        message: `${waiver.rule} finds nothing here, or cannot be waived; remove the waiver`,
        at: locate(waiver.cursor),
      });
    }
  }
  return found;
}

function* findWaivers(cursor: Cursor, scope: string): Generator<Waiver, void, undefined> {
  if (isArray(cursor.value)) {
    for (const item of items(cursor)) yield* findWaivers(item, item.pointer);
    return;
  }
  if (!isObject(cursor.value)) return;
  for (const [key, node] of members(cursor)) {
    if (key !== WAIVERS) {
      yield* findWaivers(node, node.pointer);
      continue;
    }
    for (const [rule, waiver] of members(node)) yield { rule, cursor: waiver, scope };
    if (!isObject(node.value)) yield { rule: 'a rule', cursor: { ...node, value: null }, scope };
  }
}
