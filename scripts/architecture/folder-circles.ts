/** An import of one of our own files by another. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/**
 * The imports that hold folders in a circle: of `a/x.ts` and `b/y.ts` below `parent` when, by these or other files, folder
 * `b` needs folder `a` as well. A folder counts with everything below it, at any depth. dependency-cruiser's own
 * `scope: 'folder'` compares the innermost folders, so it does not see a circle between `contract` and `http/problems`.
 */
export function findFolderCircles(imports: readonly Import[], parent: string): readonly Import[] {
  const between = imports.flatMap((each) => {
    const [from, to] = [folderBelow(parent, each.from), folderBelow(parent, each.to)];
    return from === undefined || to === undefined || from === to ? [] : [{ each, from, to }];
  });
  const needs = Map.groupBy(between, ({ from }) => from);
  const reaches = (start: string, goal: string): boolean => {
    const seen = new Set([start]);
    for (const folder of seen) for (const { to } of needs.get(folder) ?? []) seen.add(to);
    return seen.has(goal);
  };
  return between.filter(({ from, to }) => reaches(to, from)).map(({ each }) => each);
}

/** `src/kernel/http` of `src/kernel/http/problems/problem.ts`; undefined for a file that is in no folder below. */
function folderBelow(parent: string, file: string): string | undefined {
  if (!file.startsWith(`${parent}/`)) return undefined;
  const end = file.indexOf('/', parent.length + 1);
  return end === -1 ? undefined : file.slice(0, end);
}
