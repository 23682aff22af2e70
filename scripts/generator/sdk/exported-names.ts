import path from 'node:path';

/** The modules of an SDK by their paths: what is written by hand, and what is emitted. */
export type Modules = ReadonlyMap<string, string>;

/** What a module offers under a name, and in which module it stands. */
export interface Export {
  readonly name: string;
  /** The path of the module that declares it. */
  readonly from: string;
}

const DECLARATION = /^export (?:abstract |async )*(const|let|function|class|interface|type|enum) ([\w$]+)/gm;
const LIST = /^export (?:type )?\{([^}]*)\}(?: from '([^']+)')?/gm;
const STAR = /^export (?:type )?\* from '([^']+)'/gm;

/**
 * What a module exports, through any number of others, each declaration once. Modules that are not there count for nothing. What
 * is looked for stands at the beginnings of lines, where no text of a spec can stand.
 */
export function exportsOf(modules: Modules, file: string, seen = new Set<string>()): readonly Export[] {
  const text = modules.get(file);
  if (text === undefined || seen.has(file)) return [];
  seen.add(file);
  const at = (specifier: string): string => path.posix.join(path.posix.dirname(file), specifier);
  const found: Export[] = declarationsOf(text).map((name) => ({ name, from: file }));
  for (const [, list = '', specifier] of text.matchAll(LIST)) {
    const from = specifier === undefined ? file : at(specifier);
    found.push(...listedNames(list).map((name) => ({ name, from })));
  }
  for (const [, specifier = ''] of text.matchAll(STAR))
    found.push(...exportsOf(modules, at(specifier), seen));
  const unique = new Map(found.map((each) => [`${each.name} ${each.from}`, each]));
  return [...unique.values()];
}

/** The names that stand between the braces of an import or export: of `one, type Two, three as four` those are `one`, `Two`, `four`. */
export function listedNames(list: string): readonly string[] {
  return list
    .split(',')
    .map((item) =>
      item
        .trim()
        .replace(/^type /, '')
        .replace(/^.* as /, ''),
    )
    .filter((name) => name !== '');
}

/** Names that a module declares; a type and a value may have the same one. */
function declarationsOf(text: string): readonly string[] {
  return [...text.matchAll(DECLARATION)].map(([, , name = '']) => name);
}

/** Names that a module declares twice in one sense: as values, or as types. */
export function declaredTwice(text: string): readonly string[] {
  const seen = new Set<string>();
  return [...text.matchAll(DECLARATION)].flatMap(([, kind = '', name = '']) => {
    const key = `${/^(interface|type)$/.test(kind) ? 'type' : 'value'} ${name}`;
    if (seen.has(key)) return [name];
    seen.add(key);
    return [];
  });
}
