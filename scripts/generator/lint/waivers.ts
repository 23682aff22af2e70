import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { items, locate, members, rootCursor } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { isArray, isObject } from '../load/json-value.ts';
import type { SpecSet } from '../load/spec-set.ts';

/** The extension that holds waivers: `x-lint-waivers: { bounded-strings: the reason }` beside the node. */
export const WAIVERS = 'x-lint-waivers';

/** Rules of Redocly's about what a document is; nothing can be generated from one that breaks them. */
const FIXED = new Set(['struct', 'redocly']);

interface Waiver {
  readonly rule: string;
  /** The waiver itself. */
  readonly cursor: Cursor;
  /** Pointer of the object it stands in: findings there and below are waived. */
  readonly scope: string;
}

/** A finding about a waiver. */
export interface WaiverFinding extends Diagnostic {
  /** The rule that is waived. */
  readonly about: string;
}

/** The waivers of the specs. Only findings about style are asked of it: those about structure cannot be waived. */
export class Waivers {
  readonly #waivers: readonly Waiver[];
  readonly #used = new Set<Waiver>();

  constructor(specs: SpecSet) {
    this.#waivers = [...specs.documents.values()].flatMap((document) =>
      Array.from(findWaivers(rootCursor(document), '')),
    );
  }

  /** Whether a finding is waived; remembers which waivers were needed. */
  silences({ rule, at }: Diagnostic): boolean {
    const waiver = FIXED.has(rule)
      ? undefined
      : this.#waivers.find(
          (each) =>
            each.rule === rule &&
            each.cursor.document.file === at.file &&
            (at.pointer === each.scope || at.pointer.startsWith(`${each.scope}/`)),
        );
    if (waiver !== undefined) this.#used.add(waiver);
    return waiver !== undefined;
  }

  /** Waivers without a reason, and those that silenced nothing; asked once all findings were. */
  findings(): readonly WaiverFinding[] {
    return this.#waivers.flatMap((waiver): readonly WaiverFinding[] => {
      const { value } = waiver.cursor;
      const at = locate(waiver.cursor);
      if (typeof value !== 'string' || value.trim() === '') {
        const message = `the waiver of ${waiver.rule} needs its reason as text`;
        return [{ rule: 'waiver-reason', about: waiver.rule, message, at }];
      }
      if (this.#used.has(waiver)) return [];
      const message = `${waiver.rule} finds nothing here, or cannot be waived; remove the waiver`;
      return [{ rule: 'unused-waiver', about: waiver.rule, message, at }];
    });
  }
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
