import { syntaxChildren, syntaxNames, syntaxText, walkSyntax } from '../../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../../sql/syntax-tree.ts';

/** What the up part of a migration makes. It is not in use yet, so that changing it disturbs no other session. */
export interface MadeHere {
  /** Whether each object that a statement changes was made by the migration. */
  isTargetOf(node: SyntaxNode): boolean;
  has(name: string): boolean;
}

/** Which field of a statement holds the name of what it makes. */
const MAKES: Readonly<Record<string, string>> = {
  CreateStmt: 'relation',
  CreateForeignTableStmt: 'relation',
  CompositeTypeStmt: 'typevar',
  CreateSeqStmt: 'sequence',
  ViewStmt: 'view',
  CreateFunctionStmt: 'funcname',
  CreateEnumStmt: 'typeName',
  CreateRangeStmt: 'typeName',
  CreateDomainStmt: 'domainname',
  DefineStmt: 'defnames',
  CreateStatsStmt: 'defnames',
  CreateSchemaStmt: 'schemaname',
};

/** Collects what statements make. */
export function madeBy(statements: readonly SyntaxNode[]): MadeHere {
  const made = new Set<string>();
  for (const statement of statements) {
    for (const node of walkSyntax(statement)) {
      const field = MAKES[node.kind];
      // CREATE OR REPLACE may meet one that is in use.
      if (field !== undefined && node.fields['replace'] !== true && node.fields['if_not_exists'] !== true) {
        made.add(nameIn(node, field));
      }
      if (node.kind === 'IntoClause') {
        made.add(nameIn(node, 'rel'));
      }
    }
  }
  const has = (name: string): boolean => made.has(name);
  return {
    has,
    isTargetOf(node) {
      const names = targetsOf(node);
      return names.length > 0 && names.every((name) => has(name));
    },
  };
}

/** `schema.name` of a node that names a table, or of a list of words. */
export function nameIn(node: SyntaxNode, field: string): string {
  const [child] = syntaxChildren(node, field);
  if (child?.kind === 'RangeVar') {
    return tableName(child);
  }
  const words = syntaxNames(node, field);
  return words.length === 0 ? syntaxText(node, field) : words.join('.');
}

/** `schema.name` of a node that names a table. */
export function tableName(node: SyntaxNode): string {
  return [syntaxText(node, 'schemaname'), syntaxText(node, 'relname')]
    .filter((part) => part !== '')
    .join('.');
}

/** Names that stand behind their table's: `meal_plan.meals.count_tags`. */
const BEHIND_A_TABLE: ReadonlySet<unknown> = new Set([
  'OBJECT_COLUMN',
  'OBJECT_POLICY',
  'OBJECT_RULE',
  'OBJECT_TABCONSTRAINT',
  'OBJECT_TRIGGER',
]);

/** Names of what a statement changes. */
function targetsOf(node: SyntaxNode): readonly string[] {
  switch (node.kind) {
    case 'DropStmt':
      return syntaxChildren(node, 'objects').map((object) =>
        nameOf(object, BEHIND_A_TABLE.has(node.fields['removeType'])),
      );
    case 'GrantStmt':
      return syntaxChildren(node, 'objects').map((object) => nameOf(object, false));
    case 'TruncateStmt':
    case 'LockStmt':
      return syntaxChildren(node, 'relations').map((table) => tableName(table));
    case 'RenameStmt':
      return syntaxChildren(node, 'relation').length > 0
        ? [nameIn(node, 'relation')]
        : syntaxChildren(node, 'object').map((object) => nameOf(object, false));
    case 'AlterDomainStmt':
    case 'AlterEnumStmt':
      return [nameIn(node, 'typeName')];
    case 'AlterSeqStmt':
      return [nameIn(node, 'sequence')];
    case 'AlterPolicyStmt':
    case 'CreatePolicyStmt':
      return [nameIn(node, 'table')];
    default:
      return syntaxChildren(node, 'relation').length > 0 ? [nameIn(node, 'relation')] : [];
  }
}

function nameOf(object: SyntaxNode, isBehindTable: boolean): string {
  const field = { List: 'items', TypeName: 'names', ObjectWithArgs: 'objname' }[object.kind];
  if (field === undefined) {
    return object.kind === 'RangeVar' ? tableName(object) : syntaxText(object, 'sval');
  }
  const words = syntaxNames(object, field);
  return (isBehindTable ? words.slice(0, -1) : words).join('.');
}
