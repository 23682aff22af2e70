import type { SourcePointer } from '../diagnostics/diagnostic.ts';
import { locate, type Cursor } from '../generator/load/cursor.ts';

/**
 * Whom a change breaks: `wire`, requests and responses of callers that are deployed; `sdk`, the code of callers when they take the new
 * SDK; `server`, the handlers of this project; `database`, what is stored or what its constraints allow.
 */
export type Party = 'wire' | 'sdk' | 'server' | 'database';

/** The part of a version that a change has to raise. Source: Semantic Versioning 2.0.0. */
export type Step = 'major' | 'minor' | 'patch';

/** One difference between two contracts. */
export interface ContractChange {
  /** Kebab-case; begins with `request` or `response` for what travels that way. */
  readonly rule: string;
  /** True when it breaks callers: their requests, or their code. */
  readonly breaking: boolean;
  readonly breaks: readonly Party[];
  readonly step: Step;
  /** `GET /recipes/{recipeId}`; empty for what is true of the whole document. */
  readonly operation: string;
  /** Other operations that meet the same change, by a shared component. */
  readonly alsoIn: readonly string[];
  /** Which of the two documents `at` is in: what was removed stands in the base only. */
  readonly side: 'base' | 'head';
  readonly at: SourcePointer;
  /** The nearest place in the head: where a reader of the new document looks. */
  readonly near: SourcePointer;
  readonly message: string;
}

/** A difference as it is found. */
export interface Found {
  readonly rule: string;
  readonly breaks: readonly Party[];
  readonly step: Step;
  /** The node in the base; the change stands there when the head has none. */
  readonly base?: Cursor | undefined;
  readonly head?: Cursor | undefined;
  /** Where to look in the head for what is no longer there. */
  readonly parent: Cursor;
  readonly message: string;
}

/** Collects changes; one that several operations meet through a shared component is kept once. */
export class ChangeList {
  readonly #changes = new Map<string, { readonly found: Found; readonly operations: Set<string> }>();

  /** Whether anything found so far breaks a caller. */
  get isBreaking(): boolean {
    return [...this.#changes.values()].some(({ found }) => isBreaking(found.breaks));
  }

  /** Whether nothing was found but other words. */
  get isWordsOnly(): boolean {
    return [...this.#changes.values()].every(({ found }) => found.step === 'patch');
  }

  add(found: Found, operation: string): string {
    const place = found.head ?? found.base ?? found.parent;
    const key = `${found.rule}\n${found.head === undefined ? 'base' : 'head'}\n${place.document.file}#${place.pointer}\n${found.breaks.join()}\n${found.message}`;
    const known = this.#changes.get(key);
    if (known === undefined) this.#changes.set(key, { found, operations: new Set([operation]) });
    else known.operations.add(operation);
    return key;
  }

  /** Notes that an operation meets changes that were found for another. */
  addOperation(keys: Iterable<string>, operation: string): void {
    for (const key of keys) this.#changes.get(key)?.operations.add(operation);
  }

  /** Everything found, by place. */
  toSorted(): readonly ContractChange[] {
    return [...this.#changes.values()]
      .map(({ found, operations }) => describe(found, [...operations]))
      .toSorted(
        (a, b) =>
          compareText(a.near.file, b.near.file) ||
          a.near.line - b.near.line ||
          a.near.column - b.near.column ||
          compareText(a.rule, b.rule) ||
          compareText(a.message, b.message),
      );
  }
}

/** Whether callers are among those that a change breaks. */
export function isBreaking(breaks: readonly Party[]): boolean {
  return breaks.includes('wire') || breaks.includes('sdk');
}

function describe(found: Found, operations: readonly string[]): ContractChange {
  const { rule, breaks, base, head, parent, message } = found;
  const near = locate(head ?? parent);
  const [operation = '', ...alsoIn] = operations;
  return {
    rule,
    breaking: isBreaking(breaks),
    breaks,
    step: isBreaking(breaks) ? 'major' : found.step,
    operation,
    alsoIn,
    side: head === undefined && base !== undefined ? 'base' : 'head',
    at: head === undefined && base !== undefined ? locate(base) : near,
    near,
    message,
  };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
