import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** A bundle as a browser would load it. */
export interface Bundle {
  readonly text: string;
  readonly sizeBytes: number;
  readonly gzipBytes: number;
}

/** Bundles and minifies the text of a module without packages that are `external`; its imports are relative to `folder`. */
export async function bundleEntry(
  folder: string,
  entry: string,
  external: readonly string[] = [],
): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: folder, loader: 'ts' },
    bundle: true,
    external: [...external],
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  const text = outputFiles[0]?.text ?? '';
  return { text, sizeBytes: Buffer.byteLength(text), gzipBytes: gzipSync(text, { level: 9 }).length };
}
