import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What a drawn tree of folders is held to. */
export interface Folders {
  /** Whether a path from the root is a file or a folder. */
  readonly has: (path: string) => boolean;
  /** The names of the folders in a folder that a reader should know; the root is the empty path. */
  readonly foldersIn: (path: string) => readonly string[];
}

const HEADING = '## The tree';
/** `  kernel/   what it is`, or the name alone; several names may stand in front of one description. */
const ENTRY = /^(?<indent>(?: {2})*)(?<names>(?:[\w@<>/-]+\/|[\w.-]+\.\w+)(?: [\w-]+\/)*)(?: {2,}\S.*)?$/;

/**
 * The tree of folders in the code block below `## The tree`: each name exists, and where some folders of a folder are drawn, all
 * of them are. `<placeholders>` and what is drawn below them are left alone.
 */
export function checkTree(file: string, text: string, folders: Folders): readonly Diagnostic[] {
  const lines = text.split('\n');
  const heading = lines.indexOf(HEADING);
  const begin = heading < 0 ? -1 : lines.indexOf('```', heading);
  const end = lines.indexOf('```', begin + 1);
  if (begin < 0 || end < 0) return [];
  const found: Diagnostic[] = [];
  const report = (line: number, message: string): void => {
    found.push({ rule: 'tree', message, at: { file, line: line + 1, column: 1, pointer: '' } });
  };
  /** The folder that each depth is drawn in; undefined below a placeholder. */
  const parents: (string | undefined)[] = [''];
  const drawn = new Map<string, Set<string>>();
  for (let index = begin + 1; index < end; index += 1) {
    const { indent = '', names = '' } = ENTRY.exec(lines[index] ?? '')?.groups ?? {};
    const depth = indent.length / 2;
    const parent = parents[depth];
    if (names === '' || parent === undefined) {
      if (names !== '') parents[depth + 1] = undefined;
      continue;
    }
    for (const name of names.split(' ')) {
      const [known = ''] = name.split('<');
      const path = (parent + known).replace(/\/$/, '');
      parents[depth + 1] = known === name ? `${path}/` : undefined;
      drawn.set(parent, (drawn.get(parent) ?? new Set()).add(known.split('/')[0] ?? ''));
      if (!folders.has(path)) report(index, `there is no ${path}`);
    }
  }
  for (const [parent, names] of drawn) {
    if (parent !== '' && !folders.has(parent.slice(0, -1))) continue;
    const missing = folders.foldersIn(parent.replace(/\/$/, '')).filter((name) => !names.has(name));
    // A folder whose files alone are drawn is not divided further here,
    // and a placeholder stands for all that are not named.
    const showsFolders = parent === '' || [...names].some((name) => !name.includes('.'));
    if (showsFolders && !names.has(''))
      for (const name of missing) report(begin, `the tree does not show ${parent}${name}`);
  }
  return found;
}
