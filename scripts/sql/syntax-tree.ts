import { setFlagsFromString } from 'node:v8';
import { hasSqlDetails, loadModule, parseSync } from 'libpg-query';
import { fromCharacterOffset } from './source-text.ts';

/** A node of PostgreSQL's grammar: `SelectStmt`, `RangeVar` … with its fields as libpg-query gives them. */
export interface SyntaxNode {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** In bytes of the statement's UTF-8 form; 0 when the node has none. */
  readonly byteOffset: number;
}

/** A whole statement; `byteOffset` is that of its first word, `byteEnd` that of its semicolon or of the text's end. */
export interface SyntaxStatement extends SyntaxNode {
  readonly byteEnd: number;
}

/** Statements as PostgreSQL's grammar reads them, or where it stops reading. Offsets count UTF-16 units. */
export type SyntaxResult =
  | { readonly ok: true; readonly statements: readonly SyntaxStatement[] }
  | { readonly ok: false; readonly message: string; readonly offset: number };

// The grammar is WebAssembly. To optimise it costs a core for seconds and 600 MB, and the process waits for that before it
// ends: the statements of a project are read in less. Either flag alone leaves the largest function to be optimised.
for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
await loadModule();

/** Parses text with PostgreSQL's own grammar, offline. */
export function parseSyntax(text: string): SyntaxResult {
  try {
    const { stmts } = parseSync(text);
    return {
      ok: true,
      statements: (stmts ?? []).flatMap((raw) => {
        const node = toNode(raw.stmt);
        const byteOffset = raw.stmt_location ?? 0;
        const length = raw.stmt_len ?? 0;
        const byteEnd = length === 0 ? Buffer.byteLength(text) : byteOffset + length;
        return node === null ? [] : [{ ...node, byteOffset, byteEnd }];
      }),
    };
  } catch (error) {
    if (!hasSqlDetails(error)) {
      throw error;
    }
    const position = error.sqlDetails?.cursorPosition ?? 0;
    return { ok: false, message: error.message, offset: fromCharacterOffset(text, Math.max(0, position)) };
  }
}

/** Fields that hold a node without its kind around it. */
const INLINE: Readonly<Record<string, string>> = {
  relation: 'RangeVar',
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
  withClause: 'WithClause',
  typeName: 'TypeName',
  pktable: 'RangeVar',
  view: 'RangeVar',
  into: 'IntoClause',
  intoClause: 'IntoClause',
  rel: 'RangeVar',
  table: 'RangeVar',
  sequence: 'RangeVar',
  typevar: 'RangeVar',
  sourcetype: 'TypeName',
  targettype: 'TypeName',
  returnType: 'TypeName',
  argType: 'TypeName',
  funccall: 'FuncCall',
};

/** The node of a value that holds one; `inline` is its kind where the value does not say it. */
export function toNode(value: unknown, inline?: string): SyntaxNode | null {
  if (!isRecord(value)) {
    return null;
  }
  const keys = Object.keys(value);
  const [only] = keys;
  if (keys.length === 1 && only !== undefined && /^[A-Z]/.test(only)) {
    const fields = value[only];
    return isRecord(fields) ? asNode(only, fields) : null;
  }
  return inline === undefined ? null : asNode(inline, value);
}

/** The nodes of a field: one, or a list's. */
export function syntaxChildren(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const value = node.fields[field];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((item) => toNode(item, INLINE[field]) ?? []);
}

/** A node and every node below it, outermost first. */
export function walkSyntax(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  collect(node, found);
  return found;
}

function collect(node: SyntaxNode, found: SyntaxNode[]): void {
  found.push(node);
  collectFields(node.fields, found);
}

function collectFields(fields: Readonly<Record<string, unknown>>, found: SyntaxNode[]): void {
  for (const field of Object.keys(fields)) {
    collectValue(fields[field], field, found);
  }
}

function collectValue(value: unknown, field: string, found: SyntaxNode[]): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      collectValue(item, field, found);
    }
  } else if (isRecord(value)) {
    const node = toNode(value, INLINE[field]);
    if (node === null) {
      // A structure without a kind of its own.
      collectFields(value, found);
    } else {
      collect(node, found);
    }
  }
}

/** The text of a field; empty when it has none. */
export function syntaxText(node: SyntaxNode, field: string): string {
  const value = node.fields[field];
  return typeof value === 'string' ? value : '';
}

/** The text of a constant or of a word of a name; empty for anything else. */
export function constantText({ fields }: SyntaxNode): string {
  const value = fields['sval'];
  const text = isRecord(value) ? value['sval'] : value;
  return typeof text === 'string' ? text : '';
}

/** The words of a list of names: `funcname`, `names`, `fields`. */
export function syntaxNames(node: SyntaxNode, field: string): readonly string[] {
  return syntaxChildren(node, field).flatMap((part) =>
    part.kind === 'String' ? [syntaxText(part, 'sval')] : [],
  );
}

function asNode(kind: string, fields: Readonly<Record<string, unknown>>): SyntaxNode {
  const location = fields['location'];
  return { kind, fields, byteOffset: typeof location === 'number' ? Math.max(0, location) : 0 };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
