import { gzipSync } from 'node:zlib';
import { build, transform, type BuildOptions } from 'esbuild';

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
    ...optionsOf(folder, entry),
    external: [...external],
    minify: true,
  });
  const text = outputFiles[0]?.text ?? '';
  return { text, sizeBytes: Buffer.byteLength(text), gzipBytes: gzipBytesOf(text) };
}

/**
 * What each module of a bundle costs, by its file relative to `folder`: by how many bytes the bundle is smaller without its
 * text, compressed. The sum is less than the whole: what modules have in common is compressed once.
 */
export async function moduleCosts(folder: string, entry: string): Promise<ReadonlyMap<string, number>> {
  const { outputFiles } = await build({
    ...optionsOf(folder, entry),
    minifyIdentifiers: true,
    minifySyntax: true,
  });
  const [, ...pieces] = (outputFiles[0]?.text ?? '').split(/^\/\/ (.+)\n/m);
  const texts = new Map<string, string>();
  for (let index = 0; index < pieces.length; index += 2) {
    const [file = '', text = ''] = pieces.slice(index);
    const { code } = await transform(text, { minifyWhitespace: true, target: TARGET });
    texts.set(file, code);
  }
  const sizeWithout = (left?: string): number =>
    gzipBytesOf([...texts].map(([file, text]) => (file === left ? '' : text)).join(''));
  return new Map([...texts.keys()].map((file) => [file, sizeWithout() - sizeWithout(file)]));
}

/** What its sentences cost a bundle: texts of several words, and the words of templates. */
export function sentencesCost({ text, gzipBytes }: Bundle): number {
  const without = text
    .replaceAll(/"[A-Za-z][\w ,.:;(){}]* [\w ,.:;(){}]*"/g, '""')
    .replaceAll(/`[^`]*`/g, (template) => `\`${template.match(/\$\{[^}]*\}/g)?.join('') ?? ''}\``);
  return gzipBytes - gzipBytesOf(without);
}

const TARGET = 'es2022';

function optionsOf(folder: string, entry: string) {
  return {
    stdin: { contents: entry, resolveDir: folder, loader: 'ts' },
    absWorkingDir: folder,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: TARGET,
    write: false,
  } satisfies BuildOptions;
}

function gzipBytesOf(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}
