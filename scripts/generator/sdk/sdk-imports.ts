import path from 'node:path';

import type { GeneratedFile } from '../write/generated-file.ts';
import { SDK_ROOT } from './sdk-types.ts';

/** An import line of body types that the server's files are emitted with. Spec text stands in comments, never at the start of a line. */
const KERNEL_BODY_TYPES = /^((?:import type \{.*)?\} from )'#kernel\/contract\/body\.ts';$/gm;

/**
 * Puts the SDK's own files into the import lines of a printed file: the body types of its runtime in place of the
 * kernel's, and `$wire`, the values that descriptors are made of.
 */
export function withSdkImports(file: GeneratedFile, needs: { readonly wire: boolean }): GeneratedFile {
  const depth = path.posix.relative(path.posix.dirname(file.path), path.posix.dirname(SDK_ROOT));
  const text = file.text.replaceAll(KERNEL_BODY_TYPES, `$1'${depth}/runtime/body-types.ts';`);
  if (!needs.wire) return { ...file, text };
  const [header = '', ...rest] = text.split('\n');
  const line = `import * as $wire from '${depth}/runtime/wire.ts';`;
  return { ...file, text: [header, '', line, ...rest.slice(rest[0] === '' ? 1 : 0)].join('\n') };
}
