import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { parseTree, type Node } from 'jsonc-parser';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { errorCode } from '../diagnostics/error-code.ts';
import type { JsonValue } from '../generator/contract/contract.ts';
import { appendToken, isArray, isObject, textMember } from '../generator/load/json-value.ts';
import { loadSpecs, SPECS_FOLDER } from '../generator/load/load-specs.ts';
import { isUrl } from '../generator/load/references.ts';
import { parseSource, type Places, type SourceDocument } from '../generator/load/source-document.ts';
import type { SpecSet } from '../generator/load/spec-set.ts';
import { filesAt, findCommit } from '../git/commits.ts';

/** A contract that cannot be read; the message is for people, one finding a line. */
export class UnreadableContractError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, diagnostics: readonly Diagnostic[] = []) {
    super(message);
    this.diagnostics = diagnostics;
  }
}

/**
 * The specs of the working tree.
 *
 * @throws {UnreadableContractError} when a file of them is no YAML, or there are none.
 */
export function loadHead(root: string): SpecSet {
  return sound(loadSpecs(root), `${SPECS_FOLDER}/ cannot be read`);
}

/**
 * The specs of a commit. The repository and its working tree stay as they are.
 *
 * @param ref anything that git takes for a commit: `origin/main`, `v1.2.0`
 * @throws {UnreadableContractError} when the commit has no specs, or broken ones.
 * @throws {GitError} when there is no such commit, or no repository.
 */
export async function loadBase(root: string, ref: string): Promise<SpecSet> {
  const commit = await findCommit(root, ref);
  const files = await filesAt(root, commit, SPECS_FOLDER);
  if (files.length === 0)
    throw new UnreadableContractError(`${ref} has no ${SPECS_FOLDER}/ to compare with.`);
  const folder = await mkdtemp(join(tmpdir(), 'contract-base-'));
  try {
    for (const { path, bytes } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    return sound(loadSpecs(folder), `${SPECS_FOLDER}/ of ${ref} cannot be read`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sound(
  { specs, diagnostics }: { readonly specs: SpecSet; readonly diagnostics: readonly Diagnostic[] },
  sentence: string,
): SpecSet {
  if (specs.brokenFiles.size > 0 || specs.root === undefined) {
    throw new UnreadableContractError(sentence, diagnostics);
  }
  return specs;
}

/**
 * One OpenAPI document with the files that it refers to.
 *
 * @param file from the working directory, as findings shall name it
 * @throws {UnreadableContractError} when it is not there, or neither YAML nor JSON, or no OpenAPI 3.
 */
export async function loadDocument(file: string): Promise<SpecSet> {
  const documents = new Map<string, SourceDocument>();
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (documents.has(next)) continue;
    const document = parseDocument(next, await readText(next));
    documents.set(next, document);
    waiting.push(...filesOf(document));
  }
  const root = documents.get(file);
  const version = root === undefined ? undefined : textMember(root.value, 'openapi');
  if (root === undefined || version === undefined || !/^3\.\d/.test(version)) {
    throw new UnreadableContractError(
      `${file} is no OpenAPI 3 document: it begins with "openapi: 3.1.0", or another version of 3.`,
    );
  }
  return {
    folder: '',
    documents,
    brokenFiles: new Set(),
    root,
    modules: [{ name: '', document: root }],
    project: false,
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const why = errorCode(cause) === 'ENOENT' ? 'there is no such file' : String(cause);
    throw new UnreadableContractError(`${file} cannot be read: ${why}.`);
  }
}

function parseDocument(file: string, text: string): SourceDocument {
  const json = /^\s*\{/.test(text) ? parseJson(text) : undefined;
  if (json !== undefined) {
    let places: Places | undefined;
    // Most documents are compared without a place of them being asked for.
    return {
      file,
      home: '',
      text,
      value: json,
      get places() {
        places ??= placesOf(text);
        return places;
      },
    };
  }
  const { document, diagnostics } = parseSource(file, '', text);
  if (document === undefined) throw new UnreadableContractError(`${file} cannot be read`, diagnostics);
  return document;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    // A YAML flow mapping begins with a brace too; the reader of YAML says what is wrong with either.
    return undefined;
  }
}

/** Offsets of keys and values of a JSON text, by pointer. */
function placesOf(text: string): Places {
  const byPointer = new Map<string, { readonly key: number; readonly value: number }>();
  const visit = (node: Node, pointer: string, key: number): void => {
    byPointer.set(pointer, { key, value: node.offset });
    for (const [index, item] of (node.children ?? []).entries()) {
      if (node.type === 'array') {
        visit(item, appendToken(pointer, index), item.offset);
        continue;
      }
      const [name, value] = item.children ?? [];
      if (name === undefined || value === undefined) continue;
      visit(value, appendToken(pointer, String(name.value)), name.offset);
    }
  };
  const root = parseTree(text);
  if (root !== undefined) visit(root, '', 0);
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    byPointer,
    position(offset) {
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
  };
}

/** Files that a document refers to, as `followReference` names them. */
function filesOf(document: SourceDocument): readonly string[] {
  const found = new Set<string>();
  const visit = (value: JsonValue): void => {
    if (isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    const [path = ''] = textMember(value, '$ref')?.split('#') ?? [];
    if (path !== '' && !isUrl(path)) {
      found.add(posix.join(posix.dirname(document.file), decodeURIComponent(path)));
    }
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(document.value);
  return [...found];
}
