/**
 * What the analysis of queries needs to know about a database. Plain JSON: it can be kept in a file and compared. Object
 * identifiers are those of the database it was read from, so a catalogue goes with query trees of the same database only.
 */
export interface Catalogue {
  /** By object identifier; tables and views outside the system schemas. */
  readonly relations: Readonly<Record<string, Relation>>;
  /** By object identifier; every function, procedure and aggregate, those of PostgreSQL included. */
  readonly functions: Readonly<Record<string, FunctionFacts>>;
  /** By object identifier. */
  readonly operators: Readonly<Record<string, OperatorFacts>>;
  /** By object identifier; every type, those of PostgreSQL included. */
  readonly types: Readonly<Record<string, TypeFacts>>;
  /** By object identifier; collations by which texts of other bytes can be equal. */
  readonly nondeterministicCollations: readonly string[];
  /** By object identifier; domains that forbid null. */
  readonly notNullDomains: readonly string[];
}

export type RelationKind = 'table' | 'view' | 'materialized-view' | 'foreign-table';

export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  /** By attribute number, which starts at 1; a dropped column leaves a gap. */
  readonly columns: Readonly<Record<string, Column>>;
  /** Sets of columns of which no two rows, and no two rows ever, have equal values; nulls are all distinct. */
  readonly uniqueKeys: readonly (readonly KeyColumn[])[];
  readonly indexes: readonly Index[];
  /** True when a BEFORE or INSTEAD OF trigger for rows can change what is written; true as well when partitions could. */
  readonly hasRowTriggers: boolean;
  /** The analysed query of a view, as PostgreSQL's node tree; null for a table. */
  readonly viewTree: string | null;
  /** The comment of the table (`COMMENT ON TABLE`); empty when it has none. */
  readonly comment: string;
}

export interface Column {
  readonly name: string;
  readonly type: string;
  /** A validated constraint that holds for child tables too. */
  readonly isNotNull: boolean;
  readonly isGenerated: boolean;
  /** What a generated column is computed from, as PostgreSQL's node tree; null where children of the table may compute it otherwise. */
  readonly generation: string | null;
  readonly hasDefault: boolean;
  /** The comment of the column; empty when it has none. */
  readonly comment: string;
}

/** A column of a unique index, and which values the index takes for equal. */
export interface KeyColumn {
  readonly attribute: number;
  /** Object identifier of the operator family. */
  readonly family: string;
  /** Object identifier of the collation; 0 when there is none. */
  readonly collation: string;
}

export interface Index {
  readonly name: string;
  readonly isUnique: boolean;
  /** `btree`, `gin` … */
  readonly method: string;
  /** As `pg_get_indexdef` writes it. */
  readonly definition: string;
}

export interface FunctionFacts {
  readonly schema: string;
  readonly name: string;
  /** `text, integer`. */
  readonly arguments: string;
  /** Null whenever an argument is. It says nothing about arguments that are not null. */
  readonly isStrict: boolean;
  readonly returnsSet: boolean;
  /** May give something else for the same arguments, within one statement. */
  readonly isVolatile: boolean;
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window';
  /** Whether a cast uses it. */
  readonly isCast: boolean;
  /** The body of a function of the author's, as PostgreSQL's node tree: what stands after RETURN or in BEGIN ATOMIC; null for any other. */
  readonly body: string | null;
  /** Whether that body is SQL in a string, which PostgreSQL reads at each call. */
  readonly isSqlText: boolean;
  /** Object identifiers of the types of its result columns; one for a function of one value. */
  readonly resultTypes: readonly string[];
}

export interface TypeFacts {
  /** As `pg_type` has it: `int4`, `_text`. */
  readonly name: string;
  readonly schema: string;
  readonly kind: 'base' | 'composite' | 'domain' | 'enum' | 'pseudo' | 'range' | 'multirange';
  /** The object identifier of an array's elements; null for what is no array. */
  readonly element: string | null;
  /** The object identifier of what a domain is made of; null for others. */
  readonly base: string | null;
  /** The values of an enum in their order; empty for others. */
  readonly values: readonly string[];
}

export interface OperatorFacts {
  readonly schema: string;
  readonly name: string;
  readonly left: string;
  readonly right: string;
  /** Object identifiers of the btree operator families in which it is equality. */
  readonly equalityFamilies: readonly string[];
  /** Whether values of its left side that equal the same value are the same in every respect, collations apart. */
  readonly isLeftExact: boolean;
  /** The same of its right side. */
  readonly isRightExact: boolean;
}
