import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** Words that make a reader stop, with what to write instead. Short on purpose: each was found here more than once. */
const WORDS: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\bwho(?:m|so)?ever\b/gi, 'name who it is: the caller, the client, a reader'],
  [/\blest\b/gi, 'write "so that ... not"'],
  [/\banew\b/gi, 'write "again"'],
  [/\bnobody's\b/gi, 'write "of no one", or say it the other way round'],
  [/\bthe door\b/gi, 'write "guards", "authentication" or "the request path"'],
  [/\bforeign\b(?![ -](?:key|table|data|schema))/gi, 'write "unowned", "other" or "of another"'],
  [/\bstandby\b/gi, 'say what waits, and for what'],
  [/\bsetbacks?\b/gi, 'write "failure"'],
  [/\bkept[ -]things\b/gi, 'write "stored values" or "stored resources"'],
  [/\bmeasure-?rest\b/gi, 'say what is measured: "process usage"'],
];

/** A finding for each banned word in a text. */
export function checkWords(file: string, text: string): readonly Diagnostic[] {
  return text.split('\n').flatMap((line, index) =>
    WORDS.flatMap(([word, instead]) =>
      Array.from(line.matchAll(word), ({ 0: found, index: offset }) => ({
        rule: 'plain-words',
        message: `"${found}" is hard to read; ${instead}`,
        at: { file, line: index + 1, column: offset + 1, pointer: '' },
      })),
    ),
  );
}
