import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import {
  child,
  items,
  locate,
  locateKey,
  members,
  rootCursor,
  type Cursor,
} from '../generator/load/cursor.ts';
import { isObject, textMember } from '../generator/load/json-value.ts';
import { parseSource } from '../generator/load/source-document.ts';
import type { ContractChange } from './change.ts';

/** Where breaks stand that were decided on; hidden, so that it is no spec. */
export const ACCEPTED_FILE = 'specs/.accepted-changes.yaml';

/** A break that was decided on. */
export interface AcceptedChange {
  readonly rule: string;
  readonly operation: string | undefined;
  readonly pointer: string | undefined;
  readonly reason: string;
}

/** Changes, the entry that accepts each, and what is wrong with the entries. */
export interface Acceptance {
  readonly accepted: ReadonlyMap<ContractChange, AcceptedChange>;
  readonly diagnostics: readonly Diagnostic[];
}

const MEMBERS = new Set(['rule', 'operation', 'pointer', 'reason', 'until']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Finds the breaks that the file accepts. An entry that is out of date, incomplete or accepts nothing is a finding, so that the file
 * holds no more than what was decided.
 *
 * @param text of the file; empty when there is none
 * @param today `YYYY-MM-DD`
 */
export function acceptChanges(changes: readonly ContractChange[], text: string, today: string): Acceptance {
  const accepted = new Map<ContractChange, AcceptedChange>();
  if (text.trim() === '') return { accepted, diagnostics: [] };
  const { document, diagnostics: broken } = parseSource(ACCEPTED_FILE, '', text);
  if (document === undefined) return { accepted, diagnostics: broken };
  const root = rootCursor(document);
  if (!Array.isArray(root.value)) {
    const message = 'write a list; each entry has rule, operation or pointer, reason and until';
    return { accepted, diagnostics: [{ rule: 'accepted-change', message, at: locate(root) }] };
  }
  const diagnostics: Diagnostic[] = [];
  for (const entry of items(root)) {
    const problems = problemsOf(entry, today);
    diagnostics.push(...problems);
    if (problems.length > 0) continue;
    const entryData: AcceptedChange = {
      rule: textMember(entry.value, 'rule') ?? '',
      operation: textMember(entry.value, 'operation'),
      pointer: textMember(entry.value, 'pointer'),
      reason: textMember(entry.value, 'reason') ?? '',
    };
    const covered = changes.filter((change) => change.breaking && covers(entryData, change));
    for (const change of covered) accepted.set(change, entryData);
    if (covered.length === 0) {
      diagnostics.push({
        rule: 'accepted-change',
        message: 'this accepts no break; take the entry out, or mend its rule, operation or pointer',
        at: locate(entry),
      });
    }
  }
  return { accepted, diagnostics };
}

function covers(entry: AcceptedChange, change: ContractChange): boolean {
  return (
    entry.rule === change.rule &&
    (entry.pointer === undefined || entry.pointer === change.at.pointer) &&
    (entry.operation === undefined ||
      entry.operation === change.operation ||
      change.alsoIn.includes(entry.operation))
  );
}

function problemsOf(entry: Cursor, today: string): readonly Diagnostic[] {
  const problem = (message: string, at = locate(entry)): Diagnostic => ({
    rule: 'accepted-change',
    message,
    at,
  });
  if (!isObject(entry.value))
    return [problem('write an entry with rule, operation or pointer, reason and until')];
  const found: Diagnostic[] = [];
  for (const [name, at] of members(entry)) {
    if (!MEMBERS.has(name)) {
      found.push(
        problem(`"${name}" means nothing here; an entry has ${[...MEMBERS].join(', ')}`, locateKey(at)),
      );
    } else if (typeof at.value !== 'string' || at.value.trim() === '') {
      found.push(problem(`"${name}" has to be text`, locate(at)));
    }
  }
  for (const name of ['rule', 'reason', 'until']) {
    if (child(entry, name) === undefined) found.push(problem(`"${name}" is missing`));
  }
  if (child(entry, 'operation') === undefined && child(entry, 'pointer') === undefined) {
    found.push(problem('say where: "operation" (GET /recipes) or "pointer"'));
  }
  const until = child(entry, 'until');
  if (typeof until?.value === 'string') {
    if (!DAY.test(until.value)) found.push(problem('"until" is a day such as 2027-03-01', locate(until)));
    else if (until.value < today) {
      found.push(
        problem(`this was accepted until ${until.value}; mend the contract, or decide again`, locate(until)),
      );
    }
  }
  return found;
}
