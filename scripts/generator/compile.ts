import path from 'node:path';

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { compileContract } from './contract/compile-contract.ts';
import type { ServerRuntime } from './contract/server-runtime.ts';
import { emitContract } from './emit/emit-contract.ts';
import { LAYOUT, type Layout, relocate } from './layout.ts';
import { checkSdkNames } from './sdk/check-sdk-names.ts';
import { emitSdk } from './sdk/emit-sdk.ts';
import { readSdkSources, runtimeNames } from './sdk/read-sdk-sources.ts';
import type { GeneratedFile } from './write/generated-file.ts';

/** What to compile, and for which project. */
export interface CompileOptions {
  /** The project's folder. */
  readonly root: string;
  /** Absolute path of the rules that Redocly applies; by default `redocly.yaml` in the project's folder. */
  readonly redoclyConfig?: string;
  /** Where the project has its parts; what is not named is as in `LAYOUT`. */
  readonly layout?: Partial<Layout>;
  /** What the server's runtime answers by itself; by default what the contract runtime of this project does. */
  readonly runtime?: ServerRuntime;
  /** Absolute path of the SDK's sources, whose names stay theirs; by default where the layout has them. */
  readonly sdkSources?: string;
}

/** The files of a project, or everything that is wrong with its specs. */
export type Compilation =
  | { readonly ok: true; readonly files: readonly GeneratedFile[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The front door of the compiler: specs in, files out. It reads the specs and the rules for them, and writes nothing; `write/`
 * compares the files with a disk and brings it up to them. Same specs, same bytes.
 *
 * @throws {NodeJS.ErrnoException} when a spec, or a source of the SDK, cannot be read.
 */
export async function compile(options: CompileOptions): Promise<Compilation> {
  const { root, redoclyConfig = path.join(root, 'redocly.yaml'), runtime } = options;
  const layout = { ...LAYOUT, ...options.layout };
  const sources =
    layout.sdk === null
      ? new Map<string, string>()
      : await readSdkSources(options.sdkSources ?? path.join(root, layout.sdk));
  const compiled = await compileContract({
    root,
    folder: layout.specs,
    redoclyConfig,
    claimed: runtimeNames(sources),
    ...(runtime === undefined ? {} : { runtime }),
  });
  if (!compiled.ok) return compiled;
  const { contract, joined } = compiled;
  const sdk = layout.sdk === null ? [] : emitSdk(contract, joined);
  const clashes = checkSdkNames(contract, sdk, sources, `${layout.specs}/openapi.yaml`);
  if (clashes.length > 0) return { ok: false, diagnostics: sortDiagnostics(clashes) };
  const files = [...emitContract(contract, joined), ...sdk];
  return { ok: true, files: files.flatMap((file) => relocate(file, layout)) };
}
