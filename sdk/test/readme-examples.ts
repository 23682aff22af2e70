import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { SDK } from './packed.ts';

/** A fenced block of the README. */
export interface Example {
  /** The heading above it, with ` (2)` and so on when it is not the first one there. */
  readonly title: string;
  readonly language: string;
  /** The line of the README that opens the block, from 1. */
  readonly line: number;
  readonly text: string;
}

/** Languages that are compiled and run. */
export const RUNNABLE: readonly string[] = ['ts', 'tsx'];

/** Languages that are not run, with the reason. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  sh: 'installs from a registry; that the packed package installs is the subject of consumers.io.test.ts',
};

/** Every fenced block of the SDK's README. */
export async function readExamples(): Promise<readonly Example[]> {
  return findExamples(await readFile(path.join(SDK, 'README.md'), 'utf8'));
}

/** Every fenced block of a Markdown text. @throws {Error} for one that does not end. */
export function findExamples(markdown: string): readonly Example[] {
  const examples: Example[] = [];
  let heading = '';
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^\s*```(.*)$/.exec(line)?.[1]?.trim();
    if (open !== undefined && fence === '') {
      const earlier = examples.filter(({ title }) => title.replace(/ \(\d+\)$/, '') === heading).length;
      const title = earlier === 0 ? heading : `${heading} (${earlier + 1})`;
      examples.push({ title, language: open.language, line: open.line, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else if (open !== undefined) open.lines.push(line);
    else if (fence !== undefined) open = { language: fence, line: index + 1, lines: [] };
    else heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
  }
  if (open !== undefined) throw new Error(`The block that line ${open.line} opens does not end.`);
  return examples;
}
