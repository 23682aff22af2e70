import type { SourceText } from './source-text.ts';
import { locate } from './source-text.ts';
import type { Waiver } from '../queries/parse/sql-query.ts';

const WAIVER = /--[ \t]*lint-waive\b[ \t]*([a-z0-9-]*)[ \t]*:?[ \t]*([^\n]*)/g;

/** The waivers between two offsets of a file: `-- lint-waive rule: reason`, the reason possibly missing. */
export function findWaivers(source: SourceText, start: number, end: number): readonly Waiver[] {
  return [...source.text.slice(start, end).matchAll(WAIVER)].map((match) => ({
    rule: match[1] ?? '',
    reason: (match[2] ?? '').trim(),
    at: locate(source, start + match.index),
  }));
}
