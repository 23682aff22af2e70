import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLError,
} from 'yaml';
import type { JsonValue } from '../contract/contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { appendToken } from './json-value.ts';

/** A source file as plain data, with the place of each node. */
export interface SourceDocument {
  /** Path relative to the project root, with forward slashes. */
  readonly file: string;
  /** The module whose folder holds the file, or `common`; empty for the root document. */
  readonly home: string;
  readonly text: string;
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
const MAXIMUM_ALIASED_NODES = 10_000;
/** Controls that no YAML text holds as they are. Source: YAML 1.2.2 section 5.1. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN_CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

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
      // Compared key by key, so that a long mapping takes minutes; `NodeReader` finds the same ones.
      uniqueKeys: false,
      logLevel: 'error',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(
      'yaml-syntax',
      'the file is nested too deeply to be read; name inner schemas as components, and refer to them',
      0,
    );
    return { document: undefined, diagnostics };
  }
  const control = text.search(FORBIDDEN_CONTROL);
  if (control !== -1) {
    const code = text.charCodeAt(control).toString(16).toUpperCase().padStart(4, '0');
    report('yaml-syntax', `this is not valid YAML: the control character U+${code}; remove it`, control);
    return { document: undefined, diagnostics };
  }
  // After a syntax error the rest of the text is read in a wrong way: only the first one means something.
  for (const error of [...parsed.errors.slice(0, 1), ...parsed.warnings]) {
    report('yaml-syntax', sentence(error), error.pos[0]);
  }
  if (diagnostics.length > 0) return { document: undefined, diagnostics };

  const places = new Map<string, { key: number; value: number }>();
  const reader = new NodeReader(parsed, places, report);
  const value = reader.read(parsed.contents, '', 0, 0);
  if (diagnostics.length > 0) return { document: undefined, diagnostics };
  return {
    document: { file, home, text, value, places: { byPointer: places, position } },
    diagnostics: [],
  };
}

/** Turns the nodes of one YAML document into plain data, noting where each stands. */
class NodeReader {
  readonly #document: Document.Parsed;
  readonly #places: Map<string, { key: number; value: number }>;
  readonly #report: (rule: string, message: string, offset: number, pointer: string) => void;
  readonly #openAliases = new Set<Node>();
  #targets: ReadonlyMap<Alias, Node | undefined> | undefined;
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
          ? `the document is nested more than ${String(MAXIMUM_DEPTH)} levels deep; name the inner schemas as components, and refer to them`
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

  #readAlias(node: Alias, pointer: string, keyOffset: number, depth: number): JsonValue {
    this.#targets ??= findTargets(this.#document);
    const target = this.#targets.get(node);
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

/**
 * What each alias stands for: the nearest node before it with its anchor. `Alias.resolve` reads the whole document for
 * every alias it is asked about, expanded ones too; this reads it once.
 */
function findTargets(document: Document.Parsed): ReadonlyMap<Alias, Node | undefined> {
  const anchored = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) targets.set(node, anchored.get(node.source));
      else if (node.anchor !== undefined) anchored.set(node.anchor, node);
    },
  });
  return targets;
}

function sentence({ code, message }: YAMLError): string {
  if (message.includes('call stack'))
    return 'the file is nested too deeply to be read; name inner schemas as components, and refer to them';
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; one file holds one document';
  const line = message.split('\n', 1)[0] ?? message;
  return `this is not valid YAML: ${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}
