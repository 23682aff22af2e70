import type { SourcePointer } from '../../diagnostics/diagnostic.ts';
import type { SQLQueryAST } from '@pgtyped/parser';
import type { SourceText } from '../../sql/source-text.ts';
import type { WaiverComment } from '../../sql/waivers.ts';

/** One annotated query of a `.sql` file. */
export interface SqlQuery {
  /** `FindTicketById`. */
  readonly name: string;
  readonly source: SourceText;
  /** As PgTyped parsed it: what its printer and its run time read. */
  readonly ast: SQLQueryAST;
  /** The module whose folder holds the file: `sql/<module>/x.sql`. */
  readonly module: string;
  /** The annotation comment, `/*` to its end. */
  readonly annotation: string;
  /** Where the statement begins. */
  readonly at: SourcePointer;
  /** The statement as PostgreSQL takes it: parameters are `$1`, `$2` …; no semicolon. */
  readonly statement: string;
  /** In order of number: the first is `$1`. A spread stands for one element, or for one row's keys. */
  readonly parameters: readonly SqlParameter[];
  readonly waivers: readonly WaiverComment[];
  /** The place in the file of an offset in `statement`. */
  locate(offset: number): SourcePointer;
}

export interface SqlParameter {
  /** `authorId`, or `rows.title` for a key of a spread or picked parameter. */
  readonly name: string;
  /** Whether it is never null: written `:x!` or `key!`, or an element of a spread. */
  readonly isRequired: boolean;
}
