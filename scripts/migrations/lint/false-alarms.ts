import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { walkSyntax } from '../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../sql/syntax-tree.ts';
import type { MigrationText } from './migration-text.ts';

/** Rules of squawk that do not know a word of PostgreSQL 18, and when the constraint that they mean is harmless. */
const HARMLESS: Readonly<Record<string, (constraint: SyntaxNode) => boolean>> = {
  // A virtual column is computed when it is read: nothing is written.
  'adding-field-with-default': ({ fields }) => fields['generated_kind'] === 'v',
  // Nothing is checked, now or later.
  'constraint-missing-not-valid': ({ fields }) =>
    fields['is_enforced'] !== true && fields['contype'] === 'CONSTR_CHECK',
  'ban-alter-domain-with-add-constraint': ({ fields }) => fields['skip_validation'] === true,
};

/** Whether squawk refuses a constraint that blocks nothing. */
export function isFalseAlarm({ rule, at }: Diagnostic, migration: MigrationText): boolean {
  const isHarmless = HARMLESS[rule];
  if (isHarmless === undefined) {
    return false;
  }
  const constraints = migration.up.statements.flatMap((statement) =>
    walkSyntax(statement.node)
      .filter(({ kind }) => kind === 'Constraint')
      .map((node) => ({ node, place: statement.locate(node) })),
  );
  const meant = constraints.find(
    ({ place }) => place.line > at.line || (place.line === at.line && place.column >= at.column),
  );
  return meant !== undefined && isHarmless(meant.node);
}
