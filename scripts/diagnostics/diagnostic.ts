/** Where a node of a source stands: a spec, a query file or a migration. Lines and columns count from 1. */
export interface SourcePointer {
  /** Path relative to the project root, with forward slashes: `specs/ticket/openapi.yaml`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** JSON pointer in the file (RFC 6901), without the leading `#`; empty where the source is not a document. */
  readonly pointer: string;
}

/** A finding about a source file. `rule` is its kebab-case name. */
export interface Diagnostic {
  readonly rule: string;
  readonly message: string;
  readonly at: SourcePointer;
}
