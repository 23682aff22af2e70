import path from 'node:path';

import type { GeneratedFile } from '../write/generated-file.ts';
import { headerText } from '../write/header.ts';
import { type Code, type ImportedType, partsOf } from './code.ts';

/**
 * Global types that emitted text uses by name. An imported type of the same name gets an alias, or `Promise<...>` in a
 * handler interface would mean the spec's `Promise`.
 */
const GLOBALS: ReadonlySet<string> = new Set(['Exclude', 'Promise']);

/**
 * Prints one TypeScript file: header, import lines, body. Imports are collected from the body, sorted by source and
 * name; two types of one name get different local names.
 */
export function printFile(file: {
  readonly path: string;
  /** The source that the header names: `specs/ticket/openapi.yaml`. */
  readonly source: string;
  /** Names that the body declares; an imported type never takes one of them. */
  readonly declares: readonly string[];
  readonly body: Code;
}): GeneratedFile {
  const imports = collectImports(file.path, file.body);
  const names = nameImports(imports, new Set([...GLOBALS, ...file.declares]));
  const body = partsOf(file.body)
    .map((part) => (part.kind === 'text' ? part.text : (names.get(keyOf(part.type)) ?? part.type.name)))
    .join('');
  const blocks = [`// ${headerText(file.source)}`, printImports(file.path, imports, names), trimLines(body)];
  return { path: file.path, text: `${blocks.filter((block) => block !== '').join('\n\n')}\n` };
}

function collectImports(filePath: string, body: Code): readonly ImportedType[] {
  const byKey = new Map<string, ImportedType>();
  for (const part of partsOf(body)) {
    if (part.kind === 'type' && part.type.from !== filePath) byKey.set(keyOf(part.type), part.type);
  }
  return [...byKey.values()].toSorted((a, b) => compare(a.from, b.from) || compare(a.name, b.name));
}

/** Local name of each import: its own, or with `From<Source>` behind where that is taken. */
function nameImports(
  imports: readonly ImportedType[],
  declared: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const taken = new Set(declared);
  const names = new Map<string, string>();
  for (const type of imports) {
    const candidates = [type.name, `${type.name}From${sourceName(type.from)}`];
    let name = candidates.find((candidate) => !taken.has(candidate));
    for (let count = 2; name === undefined; count += 1) {
      const candidate = `${candidates.at(-1) ?? type.name}${String(count)}`;
      if (!taken.has(candidate)) name = candidate;
    }
    taken.add(name);
    names.set(keyOf(type), name);
  }
  return names;
}

/** `generated/meal-plan/schemas.ts` is `MealPlan`, `#kernel/contract/body.ts` is `Contract`. */
function sourceName(from: string): string {
  const folder = path.posix.basename(path.posix.dirname(from));
  const words = folder.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
}

function printImports(
  filePath: string,
  imports: readonly ImportedType[],
  names: ReadonlyMap<string, string>,
): string {
  return [...Map.groupBy(imports, (type) => type.from)]
    .map(([from, types]) => {
      const specifiers = types.map((type) => {
        const local = names.get(keyOf(type)) ?? type.name;
        return local === type.name ? local : `${type.name} as ${local}`;
      });
      const line = `import type { ${specifiers.join(', ')} } from '${specifierOf(filePath, from)}';`;
      if (line.length <= 110) return line;
      return `import type {\n${specifiers.map((s) => `  ${s},\n`).join('')}} from '${specifierOf(filePath, from)}';`;
    })
    .join('\n');
}

/** Emitted files name each other by relative path, so that a tree of them compiles wherever it lies. */
function specifierOf(filePath: string, from: string): string {
  if (from.startsWith('#')) return from;
  const relative = path.posix.relative(path.posix.dirname(filePath), from);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

function keyOf(type: ImportedType): string {
  return `${type.from}\n${type.name}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
