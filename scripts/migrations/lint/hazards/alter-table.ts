import { syntaxChildren, syntaxText, toNode } from '../../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../../sql/syntax-tree.ts';
import { always } from './hazard.ts';
import type { Decision, Hazard, Judge } from './hazard.ts';
import { nameIn } from './made-here.ts';
import type { MadeHere } from './made-here.ts';

const rewrites: Judge = always(
  'blocks-table',
  'This writes the whole table again, and nobody can read it meanwhile. Safe way: make a new table or column beside the old one, fill it in batches, switch over, and drop the old one in a later release.',
);
const rowSecurity: Judge = always(
  'breaks-running-release',
  'This changes at once which rows the release before sees: without a policy for it, none. Safe way: create its policies first, try them with the application role, and say so: `-- lint-waive breaks-running-release: …`.',
);
const silencesTrigger: Judge = always(
  'breaks-running-release',
  'What is written meanwhile passes the trigger or rule by, and stays so. Safe way: leave it on; change its function so that it lets these rows through.',
);
/** Of rules, however they are made or changed. */
export const rulesChange: Judge = always(
  'breaks-running-release',
  'A rule changes what the statements of the release before do. Safe way: a trigger, or a view of another name.',
);

/** ALTER TABLE and its siblings for indexes, views, sequences, types: every form of PostgreSQL 18's grammar. */
export const ALTER_TABLE: Readonly<Record<string, Decision>> = {
  AT_AddColumn: addColumn,
  AT_ColumnDefault: 'fine',
  AT_DropNotNull: 'squawk',
  AT_SetNotNull: 'squawk',
  AT_SetExpression: rewrites,
  AT_DropExpression: 'fine',
  AT_SetStatistics: 'fine',
  AT_SetOptions: 'fine',
  AT_ResetOptions: 'fine',
  AT_SetStorage: 'fine',
  AT_SetCompression: 'fine',
  AT_DropColumn: 'squawk',
  AT_AddConstraint: 'squawk',
  AT_AlterConstraint: alterConstraint,
  AT_ValidateConstraint: 'fine',
  AT_DropConstraint: dropConstraint,
  AT_AlterColumnType: 'squawk',
  AT_AlterColumnGenericOptions: 'fine',
  AT_ChangeOwner: 'fine',
  AT_ClusterOn: 'fine',
  AT_DropCluster: 'fine',
  AT_SetLogged: rewrites,
  AT_SetUnLogged: always(
    'drops-data',
    'An unlogged table is empty after a crash of the server, and on every replica. Safe way: a new unlogged table for what may be lost.',
  ),
  AT_DropOids: 'fine',
  AT_SetAccessMethod: rewrites,
  AT_SetTableSpace: rewrites,
  AT_SetRelOptions: 'fine',
  AT_ResetRelOptions: 'fine',
  AT_EnableTrig: 'fine',
  AT_EnableAlwaysTrig: 'fine',
  AT_EnableReplicaTrig: silencesTrigger,
  AT_DisableTrig: silencesTrigger,
  AT_EnableTrigAll: 'fine',
  AT_DisableTrigAll: silencesTrigger,
  AT_EnableTrigUser: 'fine',
  AT_DisableTrigUser: silencesTrigger,
  AT_EnableRule: rulesChange,
  AT_EnableAlwaysRule: rulesChange,
  AT_EnableReplicaRule: rulesChange,
  AT_DisableRule: rulesChange,
  AT_AddInherit: always(
    'blocks-table',
    'The child cannot be used while it is checked, and its rows appear in every query of the parent. Safe way: a view over both, or a partitioned table.',
  ),
  AT_DropInherit: always(
    'breaks-running-release',
    'The rows of the child are gone from every query of the parent that the release before asks. Safe way: release queries that name both first.',
  ),
  AT_AddOf: 'fine',
  AT_DropOf: 'fine',
  AT_ReplicaIdentity: 'fine',
  AT_EnableRowSecurity: rowSecurity,
  AT_DisableRowSecurity: rowSecurity,
  AT_ForceRowSecurity: rowSecurity,
  AT_NoForceRowSecurity: rowSecurity,
  AT_GenericOptions: 'fine',
  AT_AttachPartition: attachPartition,
  AT_DetachPartition: 'squawk',
  AT_DetachPartitionFinalize: 'fine',
  AT_AddIdentity: 'fine',
  AT_SetIdentity: setIdentity,
  AT_DropIdentity: always(
    'breaks-running-release',
    'The release before leaves the column out of its INSERT, and fails. Safe way: release code that gives the value first.',
  ),
  // What PostgreSQL makes of the others by itself.
  AT_AddColumnToView: 'never',
  AT_CookedColumnDefault: 'never',
  AT_AddIndex: 'never',
  AT_ReAddIndex: 'never',
  AT_ReAddConstraint: 'never',
  AT_ReAddDomainConstraint: 'never',
  AT_AddIndexConstraint: 'never',
  AT_ReAddComment: 'never',
  AT_ReplaceRelOptions: 'never',
  AT_ReAddStatistics: 'never',
};

/** ALTER TYPE of a composite type, where the same words mean attributes. */
const ALTER_COMPOSITE: Readonly<Record<string, Decision>> = {
  AT_AddColumn: 'fine',
  AT_DropColumn: always(
    'breaks-running-release',
    'The release before still reads and writes the attribute. Safe way: make a type beside this one, and drop this one in a later release.',
  ),
  AT_AlterColumnType: always(
    'breaks-running-release',
    'The release before reads and writes the attribute as it was. Safe way: add an attribute of the new type, and drop this one in a later release.',
  ),
  AT_ChangeOwner: 'fine',
};

/** What is unsafe about each part of an ALTER TABLE. */
export const judgeAlterTable: Judge = (statement, made) => {
  if (made.isTargetOf(statement)) {
    return [];
  }
  const decisions = statement.fields['objtype'] === 'OBJECT_TYPE' ? ALTER_COMPOSITE : ALTER_TABLE;
  return syntaxChildren(statement, 'cmds').flatMap((part) => {
    const form = syntaxText(part, 'subtype');
    const decision = decisions[form];
    return typeof decision === 'function'
      ? decision(part, made)
      : decision === undefined
        ? [
            {
              rule: 'not-in-a-migration',
              message: `It is not decided what ${form} does to a table in use.`,
            } as const,
          ]
        : [];
  });
};

function addColumn(part: SyntaxNode): readonly Hazard[] {
  const column = toNode(part.fields['def']);
  const constraints = column === null ? [] : syntaxChildren(column, 'constraints');
  const check = constraints.find(({ fields }) => fields['contype'] === 'CONSTR_CHECK');
  return check === undefined ||
    constraints.some(({ fields }) => fields['contype'] === 'CONSTR_ATTR_NOT_ENFORCED')
    ? []
    : [
        {
          rule: 'blocks-table',
          message:
            'CHECK on a new column reads the whole table while nobody can use it. Safe way: add the column without it, then `ADD CONSTRAINT … CHECK (…) NOT VALID`, and in the next migration `VALIDATE CONSTRAINT`.',
          node: check,
        },
      ];
}

function alterConstraint(part: SyntaxNode): readonly Hazard[] {
  const constraint = toNode(part.fields['def'], 'ATAlterConstraint');
  return constraint?.fields['alterEnforceability'] === true && constraint.fields['is_enforced'] === true
    ? [
        {
          rule: 'blocks-table',
          message:
            'ENFORCED reads the whole table while nobody can write to it. Safe way: add a constraint beside it with NOT VALID, `VALIDATE CONSTRAINT` in the next migration, and drop this one.',
        },
      ]
    : [];
}

function dropConstraint(part: SyntaxNode): readonly Hazard[] {
  // The name that PostgreSQL gives a CHECK, which nothing can depend on.
  const isCheck = /_check\d*$/.test(syntaxText(part, 'name')) && part.fields['behavior'] !== 'DROP_CASCADE';
  return isCheck
    ? []
    : [
        {
          rule: 'breaks-running-release',
          message: `ON CONFLICT, foreign keys and the promise of at most one row rest on a key${part.fields['behavior'] === 'DROP_CASCADE' ? ', and CASCADE drops what does' : ''}. Safe way: release queries that do without it first, and say so: \`-- lint-waive breaks-running-release: unused since …\`.`,
        },
      ];
}

function attachPartition(part: SyntaxNode, made: MadeHere): readonly Hazard[] {
  const command = toNode(part.fields['def']);
  return command !== null &&
    made.has(nameIn({ ...command, fields: { relation: command.fields['name'] } }, 'relation'))
    ? []
    : [
        {
          rule: 'blocks-table',
          message:
            'ATTACH PARTITION reads the whole table while nobody can use it, unless a constraint says that its rows fit. Safe way: `ADD CONSTRAINT … CHECK (the bound) NOT VALID`, `VALIDATE CONSTRAINT` in the next migration, then ATTACH with `-- lint-waive blocks-table: its constraint … says the bound`.',
        },
      ];
}

/** GENERATED ALWAYS, as the parser writes it: the character a. */
const ALWAYS = 'a'.charCodeAt(0);

function isAlways(item: SyntaxNode): boolean {
  return (
    item.fields['defname'] === 'generated' &&
    syntaxChildren(item, 'arg').some(({ fields }) => fields['ival'] === ALWAYS)
  );
}

function setIdentity(part: SyntaxNode): readonly Hazard[] {
  const options = toNode(part.fields['def']);
  const items = options === null ? [] : syntaxChildren(options, 'items');
  return items.some((item) => item.fields['defname'] === 'restart' || isAlways(item))
    ? [
        {
          rule: 'breaks-running-release',
          message:
            'The release before may give this column values of its own (ALWAYS refuses them), and a restarted counter gives values that are taken. Safe way: release code that leaves the column out first, and restart behind the greatest value.',
        },
      ]
    : [];
}
