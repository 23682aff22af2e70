import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle, minify } from '@swc/core';

/** A bundle as a browser would load it. */
export interface Bundle {
  readonly text: string;
  readonly sizeBytes: number;
  readonly gzipBytes: number;
}

/**
 * Bundles and minifies `entry`, the text of a module that imports from files by their absolute path, without what it
 * does not use.
 */
export async function bundleEntry(entry: string): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'sdk-bundle-'));
  try {
    const file = join(folder, 'entry.ts');
    await writeFile(file, entry);
    const outputs = await bundle({
      entry: file,
      output: { name: 'bundle', path: folder },
      module: {},
      mode: 'none',
      target: 'browser',
      options: {
        // The comments say which calls are pure.
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022', preserveAllComments: true },
        minify: false,
        sourceMaps: false,
      },
    });
    const { code: text } = await minify(Object.values(outputs)[0]?.code ?? '', {
      module: true,
      compress: { passes: 3, toplevel: true },
      mangle: { toplevel: true },
    });
    return { text, sizeBytes: Buffer.byteLength(text), gzipBytes: gzipSync(text, { level: 9 }).length };
  } finally {
    await rm(folder, { recursive: true });
  }
}
