import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the generator writes: it makes all of it again. */
const GENERATED = /^(?:generated|sdk\/src\/generated)\//;

/**
 * Copies the tracked files of a project into an empty folder, without a module and without what an app on its SDK consists of. What
 * is a module's is told by its folder's name, wherever that stands: no list is kept.
 *
 * @param options.module the name of the module's folders.
 * @param options.app folder of the app, a workspace.
 * @returns the files that were left out, but for generated ones.
 * @throws {Error} when a line outside the module that must go is not where it is expected.
 */
export function separate(options: {
  readonly root: string;
  readonly target: string;
  readonly module: string;
  readonly app: string;
}): readonly string[] {
  const { root, target, module, app } = options;
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));
  const isGone = (file: string): boolean => file.startsWith(`${app}/`) || file.split('/').includes(module);
  for (const file of tracked.filter((each) => !isGone(each) && !GENERATED.test(each))) {
    cpSync(join(root, file), join(target, file), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'));
  edit(join(target, 'package.json'), (text) => text.replace(new RegExp(`,\\s*"${app}"(?=\\s*\\])`), ''));
  const name = `${module.charAt(0).toUpperCase()}${module.slice(1)}`;
  edit(join(target, 'src/app.ts'), (text) =>
    text
      .replace(new RegExp(`^import \\{ create${name}Module \\} .*\n`, 'm'), '')
      .replace(new RegExp(`^ *${module}: create${name}Module\\(.*\\),\n`, 'm'), ''),
  );
  return tracked.filter((file) => isGone(file) && !GENERATED.test(file));
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file} has none of the lines that must go.`);
  writeFileSync(file, after);
}
