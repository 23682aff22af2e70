import type { Contract } from '../contract/contract.ts';
import { emitSchemas } from '../emit/emit-schemas.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { withSdkImports } from './sdk-imports.ts';
import { SDK_ROOT } from './sdk-types.ts';

/** Emits the component types: the server's own, in files of the SDK, which must not import from the server. */
export function emitSdkSchemas(contract: Contract): readonly GeneratedFile[] {
  return emitSchemas(contract).map((file) =>
    withSdkImports({ ...file, path: file.path.replace(/^generated/, SDK_ROOT) }),
  );
}
