import { posix } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

const INDEX = 'docs/adr/README.md';
const PARTS = ['## Context', '## Decision', '## Consequences'];

/** The pages of docs/adr: each has its number once, its parts, and a line in the index. */
export function checkDecisions(documents: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const index = documents.get(INDEX) ?? '';
  const numbers = new Set<string>();
  return [...documents].flatMap(([file, text]): readonly Diagnostic[] => {
    if (posix.dirname(file) !== posix.dirname(INDEX) || file === INDEX) return [];
    const number = /^\d{4}(?=-)/.exec(posix.basename(file))?.[0] ?? '';
    const lines = new Set(text.split('\n'));
    const wrong = [
      number === '' && 'the name of a decision begins with its number, as in 0001-contract-first.md',
      numbers.has(number) && `the number ${number} is taken`,
      !text.startsWith(`# ${number}: `) && `a decision begins with "# ${number}: " and its title`,
      !/^Status: \S/m.test(text) && 'a decision has a line "Status: accepted"',
      ...PARTS.map((part) => !lines.has(part) && `a decision has a part "${part}"`),
      !index.includes(`](${posix.basename(file)})`) && `${INDEX} has no link to this decision; add its line`,
    ];
    numbers.add(number);
    return wrong.flatMap((message) =>
      message === false ? [] : [{ rule: 'decision', message, at: { file, line: 1, column: 1, pointer: '' } }],
    );
  });
}
