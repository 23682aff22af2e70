import { syntaxChildren, syntaxNames, syntaxText } from '../../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../../sql/syntax-tree.ts';
import { judgeAlterTable, rulesChange } from './alter-table.ts';
import { always } from './hazard.ts';
import type { Decision, Hazard, Judge } from './hazard.ts';
import { judgeDrop, judgeRename } from './drop-and-rename.ts';
import { tableName } from './made-here.ts';
import type { MadeHere } from './made-here.ts';
import { judgeSetting } from './settings.ts';

const interactive: Judge = always(
  'not-in-a-migration',
  'This is for a session that somebody looks at, and changes nothing that stays. Leave it out.',
);
const maintenance: Judge = always(
  'not-in-a-migration',
  'This cannot run in a transaction, and changes no schema. Safe way: run it by hand or on a schedule, apart from the migrations.',
);

/** Every statement of PostgreSQL 18's grammar, as its parser names it. One that is not here is refused. */
export const STATEMENTS: Readonly<Record<string, Decision>> = {
  // Rows. UPDATE and DELETE inside of WITH are found too: see `change-without-where`.
  SelectStmt: 'fine',
  InsertStmt: 'fine',
  UpdateStmt: 'fine',
  DeleteStmt: 'fine',
  MergeStmt: 'fine',
  CallStmt: 'fine',
  CopyStmt: judgeCopy,
  TruncateStmt: always(
    'drops-data',
    'TRUNCATE loses every row, and no way back brings them. Safe way: stop using the table in one release, and say so: `-- lint-waive drops-data: …`.',
  ),
  DoStmt: always(
    'hidden-sql',
    'What a DO block runs is not seen by this lint, and EXECUTE in it may run anything. Safe way: write the statements out; or say what it does: `-- lint-waive hidden-sql: …`.',
  ),
  // New things.
  CreateSchemaStmt: 'fine',
  CreateStmt: judgeCreateTable,
  CreateTableAsStmt: 'fine',
  CreateForeignTableStmt: 'fine',
  ViewStmt: 'fine',
  IndexStmt: 'squawk',
  CreateSeqStmt: 'fine',
  CreateFunctionStmt: 'fine',
  CreateTrigStmt: 'fine',
  CreatePolicyStmt: judgePolicy,
  RuleStmt: rulesChange,
  CreateEnumStmt: 'fine',
  CompositeTypeStmt: 'fine',
  CreateRangeStmt: 'fine',
  CreateDomainStmt: 'fine',
  CreateStatsStmt: 'fine',
  CreateExtensionStmt: 'own-schema',
  CreateCastStmt: 'fine',
  CreateConversionStmt: 'fine',
  CreateTransformStmt: 'fine',
  CreateOpClassStmt: 'fine',
  CreateOpFamilyStmt: 'fine',
  CreatePublicationStmt: 'fine',
  DefineStmt: 'fine',
  // What is there changes.
  AlterTableStmt: judgeAlterTable,
  RenameStmt: judgeRename,
  DropStmt: judgeDrop,
  AlterObjectSchemaStmt: 'own-schema',
  AlterObjectDependsStmt: 'fine',
  AlterOwnerStmt: 'fine',
  AlterEnumStmt: judgeEnum,
  AlterDomainStmt: judgeDomain,
  AlterSeqStmt: judgeSequence,
  AlterTypeStmt: 'fine',
  AlterFunctionStmt: 'fine',
  AlterOperatorStmt: 'fine',
  AlterOpFamilyStmt: 'fine',
  AlterStatsStmt: 'fine',
  AlterTSDictionaryStmt: 'fine',
  AlterTSConfigurationStmt: 'fine',
  AlterPublicationStmt: 'fine',
  AlterExtensionStmt: 'fine',
  AlterPolicyStmt: judgePolicy,
  CommentStmt: 'fine',
  SecLabelStmt: 'fine',
  GrantStmt: judgeGrant,
  AlterDefaultPrivilegesStmt: 'fine',
  // Locks and maintenance.
  LockStmt: judgeLock,
  ClusterStmt: always(
    'blocks-table',
    'CLUSTER writes the whole table again, and nobody can read it meanwhile. Safe way: an index that serves the query; or run it apart, in a pause.',
  ),
  RefreshMatViewStmt: (node, made) =>
    node.fields['concurrent'] === true || made.isTargetOf(node)
      ? []
      : [
          {
            rule: 'blocks-table',
            message:
              'Nobody can read the view until it is refreshed. Safe way: a unique index of it, and a migration of its own with `-- no-transaction` and `REFRESH MATERIALIZED VIEW CONCURRENTLY …`.',
          },
        ],
  ReindexStmt: 'squawk',
  VacuumStmt: (node, made) => {
    const isFull = syntaxChildren(node, 'options').some(({ fields }) => fields['defname'] === 'full');
    const isAnalyze = node.fields['is_vacuumcmd'] !== true;
    return isAnalyze ? [] : isFull ? full(node, made) : maintenance(node, made);
  },
  CheckPointStmt: maintenance,
  ConstraintsSetStmt: 'fine',
  NotifyStmt: 'fine',
  TransactionStmt: (node) =>
    node.fields['kind'] === 'TRANS_STMT_PREPARE'
      ? [
          {
            rule: 'not-in-a-migration',
            message: 'A prepared transaction keeps its locks until somebody ends it. Leave it out.',
          },
        ]
      : [], // the others are squawk's
  VariableSetStmt: judgeSetting,
  DiscardStmt: judgeSetting,
  // Not for migrations.
  LoadStmt: always(
    'server-file',
    'LOAD runs a library of the database server. Safe way: `shared_preload_libraries`, set by those who run the server.',
  ),
  ListenStmt: interactive,
  UnlistenStmt: interactive,
  DeclareCursorStmt: interactive,
  ClosePortalStmt: interactive,
  FetchStmt: interactive,
  ExplainStmt: interactive,
  VariableShowStmt: interactive,
  PrepareStmt: interactive,
  ExecuteStmt: interactive,
  DeallocateStmt: interactive,
  AlterExtensionContentsStmt: always(
    'not-in-a-migration',
    'What belongs to an extension is its script’s to say. Leave it out.',
  ),
  AlterCollationStmt: always(
    'not-in-a-migration',
    'A new version of a collation makes indexes wrong until they are built again. Safe way: REINDEX first, apart from the migrations, then REFRESH VERSION.',
  ),
  ImportForeignSchemaStmt: always(
    'not-in-a-migration',
    'What it makes depends on another server at that moment. Safe way: write CREATE FOREIGN TABLE out.',
  ),
  // Of the server as a whole.
  AlterDatabaseRefreshCollStmt: 'server',
  AlterDatabaseSetStmt: 'server',
  AlterDatabaseStmt: 'server',
  AlterEventTrigStmt: 'server',
  AlterFdwStmt: 'server',
  AlterForeignServerStmt: 'server',
  AlterRoleSetStmt: 'server',
  AlterRoleStmt: 'server',
  AlterSubscriptionStmt: 'server',
  AlterSystemStmt: 'server',
  AlterTableMoveAllStmt: 'server',
  AlterTableSpaceOptionsStmt: 'server',
  AlterUserMappingStmt: 'server',
  CreateAmStmt: 'server',
  CreateEventTrigStmt: 'server',
  CreateFdwStmt: 'server',
  CreateForeignServerStmt: 'server',
  CreatePLangStmt: 'server',
  CreateRoleStmt: 'server',
  CreateSubscriptionStmt: 'server',
  CreateTableSpaceStmt: 'server',
  CreateUserMappingStmt: 'server',
  CreatedbStmt: 'server',
  DropOwnedStmt: 'server',
  DropRoleStmt: 'server',
  DropSubscriptionStmt: 'server',
  DropTableSpaceStmt: 'server',
  DropUserMappingStmt: 'server',
  DropdbStmt: 'server',
  GrantRoleStmt: 'server',
  ReassignOwnedStmt: 'server',
  // Inside of others, or made by PostgreSQL itself.
  RawStmt: 'never',
  ReturnStmt: 'never',
  PLAssignStmt: 'never',
  SetOperationStmt: 'never',
  ReplicaIdentityStmt: 'never',
};

const full: Judge = always(
  'blocks-table',
  'VACUUM FULL writes the whole table again, and nobody can read it meanwhile. Safe way: a plain VACUUM on a schedule, apart from the migrations.',
);

function judgeCopy(node: SyntaxNode): readonly Hazard[] {
  if (syntaxText(node, 'filename') !== '') {
    return [
      {
        rule: 'server-file',
        message:
          'This names a file or a program of the database server, which is not there on the next one. Safe way: INSERT with the rows written out, or psql’s \\copy apart from the migrations.',
      },
    ];
  }
  return [
    {
      rule: 'not-in-a-migration',
      message:
        'A migration has no standard input or output to copy from or to: it would wait for the rows until it times out. Safe way: INSERT with the rows written out.',
    },
  ];
}

function judgeCreateTable(node: SyntaxNode, made: MadeHere): readonly Hazard[] {
  const parents = syntaxChildren(node, 'inhRelations');
  const isPartition = node.fields['partbound'] !== undefined;
  const isParentInUse = parents.some((parent) => !made.has(tableName(parent)));
  return isPartition && isParentInUse
    ? [
        {
          rule: 'blocks-table',
          message:
            'PARTITION OF waits for everybody who reads the parent, and everybody waits for it. Safe way: `CREATE TABLE … (LIKE parent INCLUDING ALL)`, then `ALTER TABLE parent ATTACH PARTITION …` in the same migration.',
        },
      ]
    : [];
}

function judgePolicy(node: SyntaxNode, made: MadeHere): readonly Hazard[] {
  const isPermissive = node.kind === 'CreatePolicyStmt' && node.fields['permissive'] === true;
  return isPermissive || made.isTargetOf(node)
    ? []
    : [
        {
          rule: 'breaks-running-release',
          message:
            'This changes at once which rows the release before sees. Safe way: create a permissive policy beside it, and drop this one in a later release.',
        },
      ];
}

function judgeEnum(node: SyntaxNode, made: MadeHere): readonly Hazard[] {
  return syntaxText(node, 'oldVal') === '' || made.isTargetOf(node)
    ? []
    : [
        {
          rule: 'breaks-running-release',
          message:
            'The release before still writes the old value, and does not know the new one. Safe way: ADD VALUE in one migration, release code that reads both and writes the new one, then update the rows.',
        },
      ];
}

function judgeDomain(node: SyntaxNode, made: MadeHere): readonly Hazard[] {
  if (made.isTargetOf(node)) {
    return [];
  }
  const form = syntaxText(node, 'subtype');
  if (form === 'N') {
    return [
      {
        rule: 'breaks-running-release',
        message:
          'The release before does not expect null. Safe way: release code that accepts null first, and say so: `-- lint-waive breaks-running-release: readers accept null since …`.',
      },
    ];
  }
  if (form !== 'O') {
    return []; // ADD CONSTRAINT is squawk's
  }
  return [
    {
      rule: 'blocks-table',
      message:
        'SET NOT NULL reads every table that has a column of this domain while nobody can write to it. Safe way: `ALTER DOMAIN … ADD CONSTRAINT … CHECK (VALUE IS NOT NULL) NOT VALID`, and in the next migration `VALIDATE CONSTRAINT`.',
    },
  ];
}

function judgeSequence(node: SyntaxNode, made: MadeHere): readonly Hazard[] {
  const restart = syntaxChildren(node, 'options').find(({ fields }) => fields['defname'] === 'restart');
  return restart === undefined || made.isTargetOf(node)
    ? []
    : [
        {
          rule: 'breaks-running-release',
          message:
            'A restarted sequence gives numbers that are taken. Safe way: `SELECT setval(…)` behind the greatest one that is there.',
          node: restart,
        },
      ];
}

function judgeGrant(node: SyntaxNode, made: MadeHere): readonly Hazard[] {
  return node.fields['is_grant'] === true || made.isTargetOf(node)
    ? []
    : [
        {
          rule: 'breaks-running-release',
          message:
            'The release before may need the privilege. Safe way: release code that does without, and say so: `-- lint-waive breaks-running-release: …`.',
        },
      ];
}

/** Modes up to ROW EXCLUSIVE are what rows are written under. */
const ROW_EXCLUSIVE = 3;

function judgeLock(node: SyntaxNode, made: MadeHere): readonly Hazard[] {
  return Number(node.fields['mode']) <= ROW_EXCLUSIVE || made.isTargetOf(node)
    ? []
    : [
        {
          rule: 'blocks-table',
          message:
            'Others wait until this migration ends. Safe way: leave it out; or, when the migration is short, say why: `-- lint-waive blocks-table: …`.',
        },
      ];
}

/** The words of a call of a function of PostgreSQL's own, without its schema. */
export function builtinCall(node: SyntaxNode): string {
  const names = syntaxNames(node, 'funcname');
  return names.length === 1 || names[0] === 'pg_catalog' ? (names.at(-1) ?? '') : '';
}
