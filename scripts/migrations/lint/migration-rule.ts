import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { MigrationText } from './migration-text.ts';

/** A rule about one migration. */
export interface MigrationRule {
  /** Kebab-case; what a waiver names. */
  readonly name: string;
  /** What breaks it; the rule's name is added. */
  readonly check: (migration: MigrationText) => readonly Omit<Diagnostic, 'rule'>[];
}
