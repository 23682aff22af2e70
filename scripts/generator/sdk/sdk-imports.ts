import path from 'node:path';

import type { GeneratedFile } from '../write/generated-file.ts';
import { SDK_ROOT } from './sdk-types.ts';

/** An import line of body types that the server's files are emitted with. Spec text stands in comments, never at the start of a line. */
const KERNEL_BODY_TYPES = /^((?:import type \{.*)?\} from )'#kernel\/contract\/body\.ts';$/gm;

/** Where the values of the runtime's `$wire` come from. */
export const WIRE = { $wire: 'sdk/src/runtime/wire.ts' } as const;

/**
 * Puts the SDK's own files into the import lines of a printed file: the body types of its runtime in place of the
 * kernel's, and the files whose values the text uses, each under the name that it has there.
 */
export function withSdkImports(
  file: GeneratedFile,
  values: Readonly<Record<string, string>> = {},
): GeneratedFile {
  const depth = relative(file, path.posix.dirname(SDK_ROOT));
  const text = file.text.replaceAll(KERNEL_BODY_TYPES, `$1'${depth}/runtime/body-types.ts';`);
  const lines = Object.entries(values).map(
    ([name, from]) => `import * as ${name} from '${relative(file, from)}';`,
  );
  if (lines.length === 0) return { ...file, text };
  const [header = '', ...rest] = text.split('\n');
  return { ...file, text: [header, '', ...lines, ...rest.slice(rest[0] === '' ? 1 : 0)].join('\n') };
}

function relative(file: GeneratedFile, target: string): string {
  const found = path.posix.relative(path.posix.dirname(file.path), target);
  return found.startsWith('.') ? found : `./${found}`;
}
