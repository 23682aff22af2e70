import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Those of a build say what is emitted; another one checks the same files. */
const CONFIG = /(?:^|\/)tsconfig(?:\.(?!build)\w+)?\.json$/;

/** `npm run check:types`: the compiler over this project and each of its workspaces. Exit codes: 0 sound, 1 not. */
export function main(root: string = ROOT): 0 | 1 {
  const { workspaces }: { readonly workspaces: readonly string[] } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const configs = ['.', ...workspaces]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))
    .filter((file) => CONFIG.test(file));
  for (const config of configs) {
    const remembered = join('.cache', 'types', config.replaceAll('/', '-'));
    const flags = ['-p', config, '--incremental', '--tsBuildInfoFile', remembered];
    const { status } = spawnSync(process.execPath, [compiler, ...flags], { cwd: root, stdio: 'inherit' });
    if (status !== 0) return 1;
  }
  return 0;
}

if (import.meta.main) process.exitCode = main();
