import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node, Pair, YAMLError } from 'yaml';
import type { Diagnostic, JsonValue } from '../contract/contract.ts';
import { appendToken } from './json-pointer.ts';

/** A source file as plain data, with the place of each node. */
export interface SourceDocument {
  /** Path relative to the project root, with forward slashes. */
  readonly file: string;
  /** The module whose folder holds the file, or `common`; empty for the root document. */
  readonly home: string;
  readonly value: JsonValue;
  /** Offsets of keys and values by JSON pointer, and the way from an offset to a line. */
  readonly places: Places;
}

export interface Places {
  readonly byPointer: ReadonlyMap<string, { readonly key: number; readonly value: number }>;
  /** Line and column of an offset in the text, from 1. */
  readonly position: (offset: number) => { readonly line: number; readonly column: number };
}

/** A file's data, or what is wrong with its text. */
export type Parsed =
  | { readonly document: SourceDocument; readonly diagnostics: readonly [] }
  | { readonly document: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Nested deeper than any real contract, and shallow enough for every recursive walk. */
const MAXIMUM_DEPTH = 200;
/** Nodes that stand for aliases: aliases of aliases can multiply a small text into a huge document. */
const MAXIMUM_ALIASED_NODES = 100_000;

/** The last result for each file: while watching, only what changed is parsed again. */
const memory = new Map<string, { readonly home: string; readonly text: string; readonly parsed: Parsed }>();

/** As `parseText`; the same text gives the same document. */
export function parseSource(file: string, home: string, text: string): Parsed {
  const known = memory.get(file);
  if (known !== undefined && known.text === text && known.home === home) return known.parsed;
  const parsed = parseText(file, home, text);
  memory.set(file, { home, text, parsed });
  return parsed;
}

/**
 * Parses one YAML 1.2 (or JSON) file. Anything that is not plain JSON data (two documents, duplicate keys, unknown tags,
 * infinities, keys that are not text, cyclic aliases) is a diagnostic.
 */
function parseText(file: string, home: string, text: string): Parsed {
  const lines = new LineCounter();
  const diagnostics: Diagnostic[] = [];
  const position = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(Math.min(Math.max(offset, 0), text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const report = (rule: string, message: string, offset: number, pointer = ''): void => {
    diagnostics.push({ rule, message, at: { file, ...position(offset), pointer } });
  };

  let parsed: Document.Parsed;
  try {
    parsed = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      version: '1.2',
      strict: true,
      logLevel: 'error',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report('yaml-syntax', 'the file is nested too deeply to be read', 0);
    return { document: undefined, diagnostics };
  }
  // After a syntax error the rest of the text is read in a wrong way: only the first one means something.
  const syntax = parsed.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  const duplicates = parsed.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  for (const error of [...(syntax === undefined ? [] : [syntax]), ...duplicates, ...parsed.warnings]) {
    report('yaml-syntax', sentence(error), error.pos[0]);
  }
  if (diagnostics.length > 0) return { document: undefined, diagnostics };

  const places = new Map<string, { key: number; value: number }>();
  const reader = new NodeReader(parsed, places, report);
  const value = reader.read(parsed.contents, '', 0, 0);
  if (diagnostics.length > 0) return { document: undefined, diagnostics };
  return {
    document: { file, home, value, places: { byPointer: places, position } },
    diagnostics: [],
  };
}

/** Turns the nodes of one YAML document into plain data, noting where each stands. */
class NodeReader {
  readonly #document: Document.Parsed;
  readonly #places: Map<string, { key: number; value: number }>;
  readonly #report: (rule: string, message: string, offset: number, pointer: string) => void;
  readonly #openAliases = new Set<Node>();
  #aliasedNodes = 0;
  #stopped = false;

  constructor(
    document: Document.Parsed,
    places: Map<string, { key: number; value: number }>,
    report: (rule: string, message: string, offset: number, pointer: string) => void,
  ) {
    this.#document = document;
    this.#places = places;
    this.#report = report;
  }

  read(node: Node | null, pointer: string, keyOffset: number, depth: number): JsonValue {
    const offset = node?.range?.[0] ?? keyOffset;
    this.#places.set(pointer, { key: keyOffset, value: offset });
    if (this.#openAliases.size > 0) this.#aliasedNodes += 1;
    if (this.#stopped) return null;
    if (depth > MAXIMUM_DEPTH || this.#aliasedNodes > MAXIMUM_ALIASED_NODES) {
      this.#stopped = true;
      this.#report(
        'yaml-size',
        depth > MAXIMUM_DEPTH
          ? 'nodes are nested too deeply'
          : 'the document is too large once its aliases are expanded',
        offset,
        pointer,
      );
      return null;
    }
    if (isAlias(node)) return this.#readAlias(node, pointer, keyOffset, depth);
    if (isMap(node)) return this.#readMap(node.items, pointer, depth);
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const inner = isNode(item) ? item : null;
        return this.read(inner, appendToken(pointer, index), inner?.range?.[0] ?? offset, depth + 1);
      });
    }
    return isScalar(node) ? this.#readScalar(node.value, offset, pointer) : null;
  }

  #readAlias(node: Node, pointer: string, keyOffset: number, depth: number): JsonValue {
    const target = isAlias(node) ? node.resolve(this.#document) : undefined;
    if (target === undefined || this.#openAliases.has(target)) {
      this.#report('yaml-alias', 'the alias stands for itself or for nothing', node.range?.[0] ?? 0, pointer);
      return null;
    }
    this.#openAliases.add(target);
    const value = this.read(target, pointer, keyOffset, depth);
    this.#openAliases.delete(target);
    this.#places.set(pointer, { key: keyOffset, value: node.range?.[0] ?? keyOffset });
    return value;
  }

  #readMap(pairs: readonly Pair[], pointer: string, depth: number): JsonValue {
    const object: Record<string, JsonValue> = {};
    for (const { key: keyNode, value: valueNode } of pairs) {
      const offset = isNode(keyNode) ? (keyNode.range?.[0] ?? 0) : 0;
      const key = this.#readKey(keyNode, offset, pointer);
      if (key === undefined) continue;
      if (Object.hasOwn(object, key)) {
        this.#report('yaml-syntax', `the key ${JSON.stringify(key)} stands here twice`, offset, pointer);
      }
      object[key] = this.read(
        isNode(valueNode) ? valueNode : null,
        appendToken(pointer, key),
        offset,
        depth + 1,
      );
    }
    return object;
  }

  #readKey(node: unknown, offset: number, pointer: string): string | undefined {
    const key: unknown = isScalar(node) ? node.value : undefined;
    if (typeof key !== 'string' && typeof key !== 'number') {
      this.#report('yaml-key', 'a key must be text', offset, pointer);
      return undefined;
    }
    if (key === '__proto__' || key === '<<') {
      this.#report('yaml-key', `the key "${key}" is not allowed; write the members out`, offset, pointer);
      return undefined;
    }
    return isScalar(node) && typeof node.source === 'string' && typeof key === 'number'
      ? node.source
      : String(key);
  }

  #readScalar(value: unknown, offset: number, pointer: string): JsonValue {
    if (value === null || value === undefined) return null;
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.#report(
      'yaml-value',
      'the value is not JSON data; use text, a finite number, true, false or null',
      offset,
      pointer,
    );
    return null;
  }
}

function sentence({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; one file holds one document';
  const line = message.split('\n', 1)[0] ?? message;
  return `this is not valid YAML: ${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}
