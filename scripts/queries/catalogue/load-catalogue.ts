import type { Client } from 'pg';
import type { Catalogue, FunctionFacts, OperatorFacts, Relation, TypeFacts } from './catalogue.ts';

const RELATIONS = `
SELECT class.oid::text AS oid, namespace.nspname AS schema, class.relname AS name,
  CASE class.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized-view' WHEN 'f' THEN 'foreign-table' ELSE 'table' END AS kind,
  coalesce(obj_description(class.oid, 'pg_class'), '') AS comment,
  (SELECT rule.ev_action::text FROM pg_rewrite AS rule
   WHERE rule.ev_class = class.oid AND rule.ev_type = '1' AND class.relkind IN ('v', 'm')) AS "viewTree",
  class.relkind IN ('p') OR class.relhassubclass OR EXISTS (
    SELECT FROM pg_trigger AS trigger
    -- 1: for each row; 2: before; 64: instead of
    WHERE trigger.tgrelid = class.oid AND NOT trigger.tgisinternal AND trigger.tgtype & 1 = 1 AND trigger.tgtype & 66 <> 0
  ) AS "hasRowTriggers",
  (SELECT coalesce(json_object_agg(attribute.attnum, json_build_object(
      'name', attribute.attname,
      'type', format_type(attribute.atttypid, attribute.atttypmod),
      'isNotNull', attribute.attnotnull AND NOT EXISTS (
        SELECT FROM pg_constraint AS constrained
        WHERE constrained.conrelid = class.oid AND constrained.contype = 'n' AND attribute.attnum = ANY (constrained.conkey)
          -- NOT VALID says nothing about old rows; NO INHERIT says nothing about children
          AND (NOT constrained.convalidated OR constrained.connoinherit AND class.relhassubclass)),
      'generation', CASE WHEN attribute.attgenerated <> '' AND class.relkind = 'r' AND NOT class.relhassubclass THEN
        (SELECT adbin::text FROM pg_attrdef WHERE adrelid = class.oid AND adnum = attribute.attnum) END,
      'isGenerated', attribute.attgenerated <> '' OR attribute.attidentity <> '',
      'hasDefault', attribute.atthasdef OR attribute.attidentity <> '',
      'comment', coalesce(col_description(class.oid, attribute.attnum), '')
    )), '{}')
   FROM pg_attribute AS attribute
   WHERE attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped) AS columns,
  (SELECT coalesce(json_agg(key.columns ORDER BY key.indexrelid), '[]')
   FROM (SELECT index.indexrelid, json_agg(json_build_object(
           'attribute', index.indkey[place], 'family', class_of_key.opcfamily::text,
           'collation', index.indcollation[place]::text) ORDER BY place) AS columns
         FROM pg_index AS index
         JOIN pg_class AS index_class ON index_class.oid = index.indexrelid
         JOIN pg_am AS method ON method.oid = index_class.relam AND method.amname = 'btree'
         CROSS JOIN generate_series(0, index.indnkeyatts - 1) AS place
         JOIN pg_opclass AS class_of_key ON class_of_key.oid = index.indclass[place]
         WHERE index.indrelid = class.oid AND index.indisunique AND index.indisvalid AND index.indimmediate
           AND index.indpred IS NULL AND NOT 0 = ANY (index.indkey::int[])
           -- a unique index of a parent does not reach its children, that of a partitioned table does
           AND (class.relkind = 'p' OR NOT class.relhassubclass)
         GROUP BY index.indexrelid) AS key) AS "uniqueKeys",
  (SELECT coalesce(json_agg(json_build_object(
      'name', index_class.relname, 'isUnique', index.indisunique, 'method', method.amname,
      'definition', pg_get_indexdef(index.indexrelid)) ORDER BY index_class.relname), '[]')
   FROM pg_index AS index
   JOIN pg_class AS index_class ON index_class.oid = index.indexrelid
   JOIN pg_am AS method ON method.oid = index_class.relam
   WHERE index.indrelid = class.oid) AS indexes
FROM pg_class AS class
JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND namespace.nspname NOT IN ('pg_catalog', 'information_schema') AND namespace.nspname NOT LIKE 'pg\\_%'
ORDER BY namespace.nspname, class.relname`;

const FUNCTIONS = `
SELECT routine.oid::text AS oid, namespace.nspname AS schema, routine.proname AS name,
  oidvectortypes(routine.proargtypes) AS arguments, routine.proisstrict AS "isStrict", routine.proretset AS "returnsSet", routine.provolatile = 'v' AS "isVolatile",
  CASE routine.prokind WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window' WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
  EXISTS (SELECT FROM pg_cast WHERE castfunc = routine.oid) AS "isCast",
  CASE WHEN namespace.nspname <> 'pg_catalog' THEN routine.prosqlbody::text END AS body,
  routine.prosqlbody IS NULL AND namespace.nspname <> 'pg_catalog'
    AND routine.prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql') AS "isSqlText",
  CASE WHEN routine.prosqlbody IS NULL OR namespace.nspname = 'pg_catalog' THEN '[]' ELSE coalesce(
    -- o: OUT; b: INOUT; t: a column of RETURNS TABLE
    (SELECT json_agg(type::text ORDER BY place) FROM unnest(routine.proallargtypes, routine.proargmodes) WITH ORDINALITY AS argument (type, mode, place)
     WHERE mode IN ('o', 'b', 't')),
    (SELECT json_agg(attribute.atttypid::text ORDER BY attribute.attnum) FROM pg_type AS type
     JOIN pg_attribute AS attribute ON attribute.attrelid = type.typrelid AND attribute.attnum > 0 AND NOT attribute.attisdropped
     WHERE type.oid = routine.prorettype AND type.typtype = 'c'),
    json_build_array(routine.prorettype::text)) END AS "resultTypes"
FROM pg_proc AS routine JOIN pg_namespace AS namespace ON namespace.oid = routine.pronamespace
ORDER BY routine.oid`;

const OPERATORS = `
-- 4: the support function of btree that says whether equal values are the same image; of character(n) trailing blanks count for nothing
WITH exact AS (
  SELECT amprocfamily AS family, amproclefttype AS type FROM pg_amproc
  WHERE amprocnum = 4 AND amproclefttype = amprocrighttype AND amproclefttype <> 'bpchar'::regtype
)
SELECT operator.oid::text AS oid, namespace.nspname AS schema, operator.oprname AS name,
  format_type(operator.oprleft, NULL) AS left, format_type(operator.oprright, NULL) AS right,
  coalesce(equality.families, '[]') AS "equalityFamilies",
  coalesce(equality."isLeftExact", false) AS "isLeftExact", coalesce(equality."isRightExact", false) AS "isRightExact"
FROM pg_operator AS operator
JOIN pg_namespace AS namespace ON namespace.oid = operator.oprnamespace
LEFT JOIN (
  -- 3: equality of btree
  SELECT member.amopopr, json_agg(member.amopfamily::text ORDER BY member.amopfamily) AS families,
    bool_or((member.amopfamily, member.amoplefttype) IN (SELECT family, type FROM exact)) AS "isLeftExact",
    bool_or((member.amopfamily, member.amoprighttype) IN (SELECT family, type FROM exact)) AS "isRightExact"
  FROM pg_amop AS member
  WHERE member.amopmethod = 403 AND member.amopstrategy = 3 AND member.amoppurpose = 's'
  GROUP BY member.amopopr
) AS equality ON equality.amopopr = operator.oid
ORDER BY operator.oid`;

const TYPES = `
SELECT type.oid::text AS oid, type.typname AS name, namespace.nspname AS schema,
  CASE type.typtype WHEN 'c' THEN 'composite' WHEN 'd' THEN 'domain' WHEN 'e' THEN 'enum' WHEN 'p' THEN 'pseudo'
    WHEN 'r' THEN 'range' WHEN 'm' THEN 'multirange' ELSE 'base' END AS kind,
  CASE WHEN type.typcategory = 'A' AND type.typelem <> 0 THEN type.typelem::text END AS element,
  CASE WHEN type.typtype = 'd' THEN type.typbasetype::text END AS base,
  coalesce(labels.list, '[]') AS values
FROM pg_type AS type
JOIN pg_namespace AS namespace ON namespace.oid = type.typnamespace
LEFT JOIN (SELECT enumtypid, json_agg(enumlabel ORDER BY enumsortorder) AS list FROM pg_enum GROUP BY enumtypid) AS labels
  ON labels.enumtypid = type.oid
ORDER BY type.oid`;

const COLLATIONS = 'SELECT oid::text AS oid FROM pg_collation WHERE NOT collisdeterministic ORDER BY oid';

const DOMAINS = `SELECT oid::text AS oid FROM pg_type WHERE typtype = 'd' AND typnotnull ORDER BY oid`;

interface FactRow<T> {
  readonly oid: string;
  readonly facts: T;
}

/** Reads what the analysis needs from a database that the migrations made. */
export async function loadCatalogue(client: Client): Promise<Catalogue> {
  const relations = await client.query<FactRow<Relation>>(asFacts(RELATIONS));
  const functions = await client.query<FactRow<FunctionFacts>>(asFacts(FUNCTIONS));
  const operators = await client.query<FactRow<OperatorFacts>>(asFacts(OPERATORS));
  const types = await client.query<FactRow<TypeFacts>>(asFacts(TYPES));
  const domains = await client.query<{ readonly oid: string }>(DOMAINS);
  const collations = await client.query<{ readonly oid: string }>(COLLATIONS);
  return {
    relations: byOid(relations.rows),
    functions: byOid(functions.rows),
    operators: byOid(operators.rows),
    types: byOid(types.rows),
    nondeterministicCollations: collations.rows.map(({ oid }) => oid),
    notNullDomains: domains.rows.map(({ oid }) => oid),
  };
}

/** The same rows as one JSON object each beside their object identifier. */
function asFacts(statement: string): string {
  return `SELECT facts.oid, to_jsonb(facts) - 'oid' AS facts FROM (${statement}) AS facts`;
}

/** Facts by object identifier. */
function byOid<T>(rows: readonly FactRow<T>[]): Readonly<Record<string, T>> {
  return Object.fromEntries(rows.map(({ oid, facts }) => [oid, facts]));
}
