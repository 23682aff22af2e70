import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a build is made from. Folders count too: theirs is the time of a removal. */
const SOURCES = ['src/**', 'generated/**', 'tsconfig.json', 'tsconfig.build.json', 'package.json'];

/** Whether `dist/` is there and no source changed since it was built. */
export async function isBuildFresh(root: string): Promise<boolean> {
  const builtAtMs = await modifiedAtMs(join(root, 'dist', 'package.json'));
  if (builtAtMs === undefined) return false;
  for await (const path of glob(SOURCES, { cwd: root })) {
    const changedAtMs = await modifiedAtMs(join(root, path));
    if (changedAtMs === undefined || changedAtMs > builtAtMs) return false;
  }
  return true;
}

async function modifiedAtMs(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  }
}
