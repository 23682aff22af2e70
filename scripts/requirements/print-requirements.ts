import type { TaggedTest } from './find-tags.ts';
import type { Requirement, Requirements } from './read-requirements.ts';

const HEAD = `<!-- Printed by \`npm run docs:requirements\` from docs/requirements.yaml and the tags of the tests. Do not edit. -->

# Requirements

What must hold, whether it does, and the tests that prove it. The sentences are kept in [requirements.yaml](requirements.yaml); a test says
what it proves by a comment right above it, \`// @requirement 12, 34\`. \`npm run check\` fails when a held requirement has no test, when a
tag names no requirement, and when this page is stale.

- **held**: it holds, and the tests in the last column prove that.
- **not applicable**: there is nothing here that it could be about.
- **refused**: it is left out on purpose.
- **open**: it is not done, or not proven.

What the request path costs is measured by \`npm run bench:guards\`, with \`-- --against <revision>\` against an earlier state of it.
`;

/** The page \`docs/requirements.md\`. Same requirements and tests, same text, in whatever order the tests come. */
export function printRequirements(requirements: Requirements, tests: readonly TaggedTest[]): string {
  const sections = requirements.areas.map(({ title, requirements: rows }) => {
    const lines = rows.map((requirement) => printRow(requirement, tests));
    return `\n## ${title}\n\n| no. | what must hold | source | state | tests |\n|---|---|---|---|---|\n${lines.join('')}`;
  });
  return HEAD + sections.join('');
}

function printRow(requirement: Requirement, tests: readonly TaggedTest[]): string {
  const { number, sentence, source, state, remark } = requirement;
  const cells = [
    String(number),
    sentence,
    source ?? 'our own',
    state ?? 'held',
    [...printTests(number, tests), ...(remark === undefined ? [] : [remark])].join('<br>'),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |\n`;
}

/** A line for each file: its link, and the titles of its tests. */
function printTests(number: number, tests: readonly TaggedTest[]): readonly string[] {
  const titles = new Map<string, string[]>();
  for (const { requirements, titles: path, at } of tests) {
    if (!requirements.includes(number)) continue;
    titles.set(at.file, [...(titles.get(at.file) ?? []), codeSpan(path.join(' › '))]);
  }
  return [...titles]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([file, spans]) => `[${file.split('/').at(-1)}](../${file}): ${spans.join(', ')}`);
}

/** Text as code in Markdown; as many backticks around it as it has none of. Source: CommonMark 0.31 section 6.1. */
function codeSpan(text: string): string {
  if (!text.includes('`')) return `\`${text}\``;
  return `\`\` ${text} \`\``;
}
