import path from 'node:path';

import type { GeneratedFile } from '../../write/generated-file.ts';

/** An import or export line of a printed file that names another file without its extension. */
const SPECIFIER = /^((?:import|export)\b[^'"`;]*?\bfrom |\} from )'(\.{1,2}\/[^'\n]*)';$/gm;

/**
 * Completes the relative imports of printed files: `'./models'` is `'./models/index.ts'`, `'../core/OpenAPI'` is
 * `'../core/OpenAPI.ts'`. Node.js asks for whole names, and so do the declarations of a package. Nothing else is changed.
 * `others` are files that are not printed and may be imported.
 *
 * @throws {Error} when an import leads nowhere.
 */
export function completeSpecifiers(
  files: readonly GeneratedFile[],
  others: readonly string[],
): readonly GeneratedFile[] {
  const known = new Set([...files.map((file) => file.path), ...others]);
  return files.map((file) => {
    const text = file.text.replaceAll(SPECIFIER, (line, head: string, specifier: string) => {
      const target = path.posix.join(path.posix.dirname(file.path), specifier);
      const ending = ['', '.ts', '/index.ts'].find((end) => known.has(`${target}${end}`));
      if (ending === undefined)
        throw new Error(`${file.path} imports ${specifier}, and there is no such file`);
      return ending === '' ? line : `${head}'${specifier}${ending}';`;
    });
    return { ...file, text };
  });
}
