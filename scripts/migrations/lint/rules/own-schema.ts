import {
  constantText,
  syntaxChildren,
  syntaxNames,
  syntaxText,
  walkSyntax,
} from '../../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../../sql/syntax-tree.ts';
import { EXTENSIONS_SCHEMA } from '../../../sql/module-schema.ts';
import { namedTables } from '../../../sql/named-tables.ts';
import { STATEMENTS } from '../hazards/statements.ts';
import type { MigrationRule } from '../migration-rule.ts';
import { partsOf } from '../migration-text.ts';

/** A migration names only what its module's schema holds, with the schema written out. */
export const ownSchema: MigrationRule = {
  name: 'own-schema',
  check: (migration) =>
    partsOf(migration)
      .flatMap(({ statements }) => statements)
      .flatMap((statement) =>
        objectsOf(statement.node).flatMap(({ schema, name, node, refusal }) => {
          if (
            refusal === undefined &&
            [migration.schema, 'pg_catalog', 'information_schema'].includes(schema)
          ) {
            return [];
          }
          const message =
            refusal ??
            (schema === ''
              ? `Write ${migration.schema}.${name}: without a schema, ${name} goes wherever the connection's search path says.`
              : `${schema}${name === '' ? '' : `.${name}`} is not of schema ${migration.schema}: module ${migration.module} changes its own schema only.`);
          return [{ message, at: statement.locate(node) }];
        }),
      ),
};

interface NamedObject {
  readonly schema: string;
  /** Empty for a schema itself. */
  readonly name: string;
  readonly node: SyntaxNode;
  /** Why no module may name it; when absent, the module that owns the schema may. */
  readonly refusal?: string;
}

function objectsOf(statement: SyntaxNode): readonly NamedObject[] {
  const nodes = walkSyntax(statement);
  const referenced = new Set(
    nodes.flatMap((node) => syntaxChildren(node, 'pktable')).map(({ fields }) => fields),
  );
  const tables = namedTables(statement)
    // Foreign keys have a rule of their own.
    .filter(({ fields }) => !referenced.has(fields))
    .map((node) => ({ schema: syntaxText(node, 'schemaname'), name: syntaxText(node, 'relname'), node }));
  return [...tables, ...nodes.flatMap((node) => namedBy(node))];
}

/** Refuses an extension that is not where extensions belong. */
function extensionMessage(schema: string): string {
  return `Extensions are in schema ${EXTENSIONS_SCHEMA}, which modules share and every connection looks through: in ${schema} the extension's operators would not be found, and another = be taken silently. Write SCHEMA ${EXTENSIONS_SCHEMA}.`;
}

const SERVER_MESSAGE =
  'Roles, databases and settings belong to the server, and not to a module: change them apart from the migrations, as scripts/migrations/roles.sql does.';

/** Fields that name what a statement makes or changes; a bare name there is an object without a schema. */
const NAMING: Readonly<Record<string, string>> = {
  CreateFunctionStmt: 'funcname',
  CreateEnumStmt: 'typeName',
  AlterEnumStmt: 'typeName',
  CreateRangeStmt: 'typeName',
  CreateDomainStmt: 'domainname',
  AlterDomainStmt: 'typeName',
  CreateStatsStmt: 'defnames',
  DefineStmt: 'defnames',
  ObjectWithArgs: 'objname',
  CreateTrigStmt: 'funcname',
};

function namedBy(node: SyntaxNode): readonly NamedObject[] {
  switch (node.kind) {
    case 'CreateSchemaStmt':
      return [{ schema: syntaxText(node, 'schemaname'), name: '', node }];
    case 'DropStmt':
    case 'CommentStmt':
      return droppedBy(node);
    case 'AlterObjectSchemaStmt':
    case 'AlterOwnerStmt':
    case 'RenameStmt':
      return [
        ...wordsIn(node, 'object', node.fields['objectType'] === 'OBJECT_SCHEMA'),
        ...['subname', 'newschema'].flatMap((field) => schemaIn(node, field)),
      ];
    case 'GrantStmt':
      return wordsIn(
        node,
        'objects',
        node.fields['objtype'] === 'OBJECT_SCHEMA' || node.fields['targtype'] === 'ACL_TARGET_ALL_IN_SCHEMA',
      );
    case 'CreateExtensionStmt':
      return schemasBelow(node)
        .filter(({ schema }) => schema !== EXTENSIONS_SCHEMA)
        .map(({ schema }) => ({ schema, name: '', node, refusal: extensionMessage(schema) }));
    case 'AlterExtensionContentsStmt':
      return [];
    case 'DefElem':
      return syntaxText(node, 'defname') === 'schemas' ? schemasBelow(node) : [];
    case 'PublicationObjSpec':
      return schemaIn(node, 'name');
    case 'VariableSetStmt':
      return syntaxText(node, 'name') === 'search_path' ? searchPathOf(node) : [];
    case 'TypeName':
    case 'FuncCall': {
      // A bare name is one of PostgreSQL's own; a name of another schema is what matters.
      const names = syntaxNames(node, node.kind === 'TypeName' ? 'names' : 'funcname');
      return names.length < 2 || names[0] === EXTENSIONS_SCHEMA ? [] : [qualified(names, node)];
    }
    default: {
      if (STATEMENTS[node.kind] === 'server') {
        return [{ schema: '', name: '', node, refusal: SERVER_MESSAGE }];
      }
      const field = NAMING[node.kind];
      return field === undefined ? [] : [qualified(syntaxNames(node, field), node)];
    }
  }
}

/** What ALTER and GRANT name in a field by words alone: types and such, or schemas; tables and functions are nodes of their own. */
function wordsIn(node: SyntaxNode, field: string, areSchemas: boolean): readonly NamedObject[] {
  return syntaxChildren(node, field).flatMap((object) => {
    if (object.kind === 'String') {
      return areSchemas ? [{ schema: syntaxText(object, 'sval'), name: '', node }] : [];
    }
    const names = object.kind === 'List' ? syntaxNames(object, 'items') : [];
    return names.length === 0 ? [] : [qualified(names, node)];
  });
}

function schemaIn(node: SyntaxNode, field: string): readonly NamedObject[] {
  const schema = syntaxText(node, field);
  const isSchema = field !== 'subname' || node.fields['renameType'] === 'OBJECT_SCHEMA';
  return schema === '' || !isSchema ? [] : [{ schema, name: '', node }];
}

function schemasBelow(node: SyntaxNode): readonly NamedObject[] {
  return walkSyntax(node)
    .filter(({ kind }) => kind === 'String')
    .map((part) => ({ schema: syntaxText(part, 'sval'), name: '', node }));
}

function searchPathOf(node: SyntaxNode): readonly NamedObject[] {
  return syntaxChildren(node, 'args').flatMap((word) => {
    const schema = constantText(word);
    return schema === '' ? [] : [{ schema, name: '', node }];
  });
}

function droppedBy(node: SyntaxNode): readonly NamedObject[] {
  const type = node.fields[node.kind === 'DropStmt' ? 'removeType' : 'objtype'];
  const objects = [...syntaxChildren(node, 'objects'), ...syntaxChildren(node, 'object')];
  if (type === 'OBJECT_SCHEMA') {
    return objects.map((object) => ({ schema: syntaxText(object, 'sval'), name: '', node }));
  }
  if (type === 'OBJECT_EXTENSION') {
    return [];
  }
  return objects.flatMap((object) => {
    const names = object.kind === 'List' ? syntaxNames(object, 'items') : [];
    if (names.length === 0) {
      return [];
    }
    // A column, trigger or constraint comes behind its table's name.
    const behind = [
      'OBJECT_COLUMN',
      'OBJECT_TRIGGER',
      'OBJECT_TABCONSTRAINT',
      'OBJECT_POLICY',
      'OBJECT_RULE',
    ];
    return [qualified(behind.includes(String(type)) ? names.slice(0, -1) : names, node)];
  });
}

function qualified(names: readonly string[], node: SyntaxNode): NamedObject {
  const [first = '', ...rest] = names;
  return rest.length === 0
    ? { schema: '', name: first, node }
    : { schema: first, name: rest.join('.'), node };
}
