import type { SyntaxNode } from '../../../sql/syntax-tree.ts';
import type { MadeHere } from './made-here.ts';

/** Names of the rules below, each with what it is about. */
export const HAZARD_RULES = {
  'blocks-table': 'reads or writes a whole table again while nobody else can use it',
  'breaks-running-release': 'takes away or changes what the release before still uses',
  'change-without-where': 'changes or deletes every row of a table',
  'changes-session': 'changes how the statements after it run',
  'drops-data': 'loses rows that no way back restores',
  'enum-value-use': 'uses a value of an enumeration in the transaction that adds it',
  'hidden-sql': 'runs SQL that this lint does not see',
  'not-in-a-migration': 'does not belong into a migration, or cannot run in one',
  'server-file': 'reads, writes or runs a file of the database server',
} as const;

export type HazardRule = keyof typeof HAZARD_RULES;

/** What is unsafe about a statement. */
export interface Hazard {
  readonly rule: HazardRule;
  /** What happens, and how to write it safely. */
  readonly message: string;
  /** Where; the statement's beginning when absent. */
  readonly node?: SyntaxNode;
}

/**
 * What is decided about a kind of statement. `fine`: it blocks and loses nothing. `squawk` and `own-schema`: that linter, that rule
 * judges it. `server`: it changes what belongs to the server, which `own-schema` refuses. `never`: the grammar makes no such
 * statement from text.
 */
export type Decision = 'fine' | 'squawk' | 'own-schema' | 'server' | 'never' | Judge;

/** Judges one statement or one part of ALTER TABLE. */
export type Judge = (node: SyntaxNode, made: MadeHere) => readonly Hazard[];

/** A judge that always finds the same, except about what the migration itself made. */
export function always(rule: HazardRule, message: string): Judge {
  return (node, made) => (made.isTargetOf(node) ? [] : [{ rule, message }]);
}
