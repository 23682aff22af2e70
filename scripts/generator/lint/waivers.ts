import { Waivers } from '../../diagnostics/waivers.ts';
import type { Waiver } from '../../diagnostics/waivers.ts';
import { items, locate, members, rootCursor } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { isArray, isObject } from '../load/json-value.ts';
import type { SpecSet } from '../load/spec-set.ts';

/** The extension that holds waivers: `x-lint-waivers: { bounded-strings: the reason }` beside the node. */
export const WAIVERS = 'x-lint-waivers';

/** Rules of Redocly's about what a document is; nothing can be generated from one that breaks them. */
const FIXED = new Set(['struct', 'redocly']);

/** The waivers of the specs. Only findings about style are asked of them: those about structure cannot be waived. */
export function readWaivers(specs: SpecSet): Waivers {
  const waivers = [...specs.documents.values()].flatMap((document) =>
    Array.from(findWaivers(rootCursor(document), '')),
  );
  return new Waivers(waivers, ({ rule, reason }, isUsed) => {
    if (reason === '') {
      return { rule: 'waiver-reason', message: `the waiver of ${rule} needs its reason as text` };
    }
    const message = `${rule} finds nothing here, or cannot be waived; remove the waiver`;
    return isUsed ? null : { rule: 'unused-waiver', message };
  });
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
    for (const [rule, waiver] of members(node)) yield toWaiver(rule, waiver, scope);
    if (!isObject(node.value)) yield toWaiver('a rule', { ...node, value: null }, scope);
  }
}

/** @param scope pointer of the object that it stands in: findings there and below are waived. */
function toWaiver(rule: string, cursor: Cursor, scope: string): Waiver {
  const { value, document } = cursor;
  return {
    rule,
    reason: typeof value === 'string' ? value.trim() : '',
    at: locate(cursor),
    covers: ({ at }) =>
      !FIXED.has(rule) &&
      at.file === document.file &&
      (at.pointer === scope || at.pointer.startsWith(`${scope}/`)),
  };
}
