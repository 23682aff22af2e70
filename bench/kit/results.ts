import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../RESULTS.md');

/** Puts what a command printed into `bench/RESULTS.md`, in the place of what it printed before. */
export async function recordResults(command: string, printed: string): Promise<void> {
  await writeFile(FILE, replaceSection(await readFile(FILE, 'utf8'), command, printed));
}

/**
 * A document with one section replaced, or added at its end. Sections begin with a heading of the second level.
 *
 * @param title text of the heading.
 */
export function replaceSection(document: string, title: string, text: string): string {
  const heading = `## ${title}\n`;
  const section = `${heading}\n${text.trim()}\n`;
  const start = document.startsWith(heading) ? 0 : document.indexOf(`\n${heading}`) + 1;
  if (start === 0 && !document.startsWith(heading)) return `${document.trimEnd()}\n\n${section}`;
  const next = document.indexOf('\n## ', start + heading.length - 1);
  return `${document.slice(0, start)}${section}${next === -1 ? '' : document.slice(next)}`;
}
