import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TaggedTest } from './find-tags.ts';
import type { Requirements } from './read-requirements.ts';

/**
 * Holds requirements and tests against each other: a held requirement without a test, and a tag that names no requirement,
 * are findings.
 */
export function checkRequirements(
  requirements: Requirements,
  tests: readonly TaggedTest[],
): readonly Diagnostic[] {
  const { areas, places } = requirements;
  const proven = new Set(tests.flatMap((tagged) => tagged.requirements));
  const unproven = areas
    .flatMap((area) => area.requirements)
    .filter(({ state, number }) => state === undefined && !proven.has(number))
    .flatMap(({ number }): readonly Diagnostic[] => {
      const at = places.get(number);
      const message = `no test proves requirement ${number}; write // @requirement ${number} above the one that does, or give it a state`;
      return at === undefined ? [] : [{ rule: 'requirement-without-test', message, at }];
    });
  const unknown = tests.flatMap((tagged) =>
    tagged.requirements
      .filter((number) => !places.has(number))
      .map((number) => ({
        rule: 'unknown-requirement',
        message: `there is no requirement ${number} in docs/requirements.yaml`,
        at: tagged.at,
      })),
  );
  return [...unproven, ...unknown];
}

/** A finding at the first line of the document that differs from what it should be; none when it is fresh. */
export function checkDocument(file: string, actual: string, expected: string): readonly Diagnostic[] {
  if (actual === expected) return [];
  const wanted = expected.split('\n');
  const line = actual.split('\n').findIndex((text, index) => text !== wanted[index]);
  const at = { file, line: Math.max(line, 0) + 1, column: 1, pointer: '' };
  return [{ rule: 'stale-document', message: 'this is stale; run npm run docs:requirements', at }];
}
