import { constantText, syntaxChildren, syntaxText, walkSyntax } from '../../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../../sql/syntax-tree.ts';
import type { Hazard, HazardRule } from '../hazards/hazard.ts';
import { HAZARD_RULES } from '../hazards/hazard.ts';
import { madeBy } from '../hazards/made-here.ts';
import type { MadeHere } from '../hazards/made-here.ts';
import { judgeSetConfig } from '../hazards/settings.ts';
import { STATEMENTS, builtinCall } from '../hazards/statements.ts';
import type { MigrationRule } from '../migration-rule.ts';
import type { MigrationStatement, MigrationText } from '../migration-text.ts';

/**
 * What squawk lets pass: a rule for each kind of harm. Only the up part is judged: a way back undoes, so that dropping is its work.
 */
export const hazards: readonly MigrationRule[] = Object.keys(HAZARD_RULES).map((name) => ({
  name,
  check: (migration) =>
    hazardsOf(migration)
      .filter(({ rule }) => rule === name)
      .map(({ message, at }) => ({ message, at })),
}));

type Found = Omit<Hazard, 'node'> & { readonly at: MigrationStatement['at'] };

const judged = new WeakMap<MigrationText, readonly Found[]>();

function hazardsOf(migration: MigrationText): readonly Found[] {
  let found = judged.get(migration);
  if (found === undefined) {
    const { statements } = migration.up;
    const made = madeBy(statements.map(({ node }) => node));
    found = statements.flatMap((statement, index) =>
      [
        ...hazardsIn(statement.node, made),
        ...valuesUsed(statement.node, statements.slice(0, index), made),
      ].map(({ rule, message, node }) => ({
        rule,
        message,
        at: node === undefined ? statement.at : statement.locate(node),
      })),
    );
    judged.set(migration, found);
  }
  return found;
}

function hazardsIn(statement: SyntaxNode, made: MadeHere): readonly Hazard[] {
  const decision = STATEMENTS[statement.kind];
  const own: readonly Hazard[] =
    decision === undefined
      ? [
          {
            rule: 'not-in-a-migration' satisfies HazardRule,
            message:
              'It is not decided what this does to a database in use. Safe way: another statement, or a waiver that says what it does.',
          },
        ]
      : typeof decision === 'function'
        ? decision(statement, made)
        : [];
  return [...own, ...walkSyntax(statement).flatMap((node) => hazardsBelow(node, made))];
}

/** What is found anywhere in a statement: in WITH, in an expression. */
function hazardsBelow(node: SyntaxNode, made: MadeHere): readonly Hazard[] {
  if (['UpdateStmt', 'DeleteStmt'].includes(node.kind)) {
    const isWhole = node.fields['whereClause'] === undefined && !made.isTargetOf(node);
    const word = node.kind === 'UpdateStmt' ? 'UPDATE' : 'DELETE';
    return isWhole
      ? [
          {
            rule: 'change-without-where',
            message: `This ${word} is of every row, which are locked until the migration ends. Safe way: WHERE; or, when all are meant, say so: \`-- lint-waive change-without-where: …\`.`,
            node: syntaxChildren(node, 'relation')[0] ?? node,
          },
        ]
      : [];
  }
  if (node.kind === 'FuncCall') {
    const name = builtinCall(node);
    if (name === 'set_config') {
      return judgeSetConfig(node);
    }
    return /^(?:lo_import|lo_export|pg_(?:read|ls)_\w+|pg_stat_file)$/.test(name)
      ? [
          {
            rule: 'server-file',
            message: `${name} reads or writes a file of the database server. Leave it out.`,
            node,
          },
        ]
      : [];
  }
  return [];
}

/** Uses of a value that an earlier statement of the same transaction adds to an enumeration: PostgreSQL refuses them (55P04). */
function valuesUsed(
  statement: SyntaxNode,
  before: readonly MigrationStatement[],
  made: MadeHere,
): readonly Hazard[] {
  const added = before
    .map(({ node }) => node)
    .filter(
      (node) => node.kind === 'AlterEnumStmt' && syntaxText(node, 'oldVal') === '' && !made.isTargetOf(node),
    )
    .map((node) => syntaxText(node, 'newVal'));
  if (added.length === 0 || statement.kind === 'AlterEnumStmt') {
    return [];
  }
  return walkSyntax(statement).flatMap((node): readonly Hazard[] => {
    const text = constantText(node);
    const value = added.find((each) => text === each || text.includes(`'${each.replaceAll("'", "''")}'`));
    return value === undefined
      ? []
      : [
          {
            rule: 'enum-value-use',
            message: `PostgreSQL refuses '${value}' in the transaction that adds it. Safe way: use it in the next migration.`,
            ...(node.kind === 'A_Const' ? { node } : {}),
          },
        ];
  });
}
