import type { Diagnostic, SourcePointer } from '../diagnostics/diagnostic.ts';

/** A test that says which requirements it proves: `// @requirement 12, 34` right above `test(` or `suite(`. */
export interface TaggedTest {
  readonly requirements: readonly number[];
  /** The titles of the suites around it, outermost first, then its own, as the source writes them. */
  readonly titles: readonly string[];
  /** Where the tag stands. */
  readonly at: SourcePointer;
}

const TAG = /^(?<indent> *)\/\/ *@requirements?\b(?<numbers>.*)$/;
/** A line that opens a block or a call. */
const OPENER = /^(?<indent> *)\S.*[{(]$/;
const NUMBERS = /^ \d+(?:, \d+)*$/;
const LITERAL = String.raw`(?<literal>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\`(?:[^\`\\]|\\.)*\`)`;
const TEST = new RegExp(String.raw`^ *(?:test|suite|it|describe)(?:\.\w+)?\(\s*${LITERAL}`);
const SUITE = new RegExp(String.raw`^ *(?:suite|describe)(?:\.\w+)?\(\s*${LITERAL}`);

/** The tags of one test file. A tag that cannot be read, or stands above no test, is a finding. */
export function findTags(
  file: string,
  source: string,
): { readonly tests: readonly TaggedTest[]; readonly diagnostics: readonly Diagnostic[] } {
  const tests: TaggedTest[] = [];
  const diagnostics: Diagnostic[] = [];
  const lines = source.split('\n');
  for (const [index, line] of lines.entries()) {
    const tag = TAG.exec(line)?.groups;
    if (tag === undefined) continue;
    const { indent = '', numbers = '' } = tag;
    const at = { file, line: index + 1, column: indent.length + 1, pointer: '' };
    const title = TEST.exec(textFrom(lines, index + 1))?.groups?.['literal'];
    if (!NUMBERS.test(numbers)) {
      const message = 'this tag cannot be read; write numbers with commas: // @requirement 12, 34';
      diagnostics.push({ rule: 'requirement-tag', message, at });
    } else if (title === undefined) {
      const message =
        'this tag is not right above a test with a literal title; move it to the line above test(';
      diagnostics.push({ rule: 'requirement-tag', message, at });
    } else {
      tests.push({
        requirements: numbers.split(',').map(Number),
        titles: [...suitesAround(lines, index, indent.length), unquote(title)],
        at,
      });
    }
  }
  return { tests, diagnostics };
}

/** The titles of the suites around a line, by indentation: the formatter keeps every block deeper than the line that opens it. */
function suitesAround(lines: readonly string[], before: number, indent: number): readonly string[] {
  const titles: string[] = [];
  let depth = indent;
  for (let index = before - 1; index >= 0 && depth > 0; index -= 1) {
    const width = OPENER.exec(lines[index] ?? '')?.groups?.['indent']?.length;
    if (width === undefined || width >= depth) continue;
    depth = width;
    const literal = SUITE.exec(textFrom(lines, index))?.groups?.['literal'];
    if (literal !== undefined) titles.unshift(unquote(literal));
  }
  return titles;
}

/** A call's title is on the line of the call or on the next one. */
function textFrom(lines: readonly string[], index: number): string {
  return lines.slice(index, index + 2).join('\n');
}

function unquote(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(?<character>.)/g, '$<character>');
}
