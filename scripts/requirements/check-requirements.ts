import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TaggedTest } from './find-tags.ts';
import type { Requirement, Requirements } from './read-requirements.ts';

/** Whether tests must prove it here: it is held, and its module, when it has one, is in this project. */
export function needsTest(requirement: Requirement, modules: readonly string[]): boolean {
  const { state, module } = requirement;
  return state === undefined && (module === undefined || modules.includes(module));
}

/**
 * Holds requirements and tests against each other: a held requirement without a test, and a tag that names no requirement,
 * are findings.
 *
 * @param modules the modules of this project.
 */
export function checkRequirements(
  requirements: Requirements,
  tests: readonly TaggedTest[],
  modules: readonly string[],
): readonly Diagnostic[] {
  const { areas, places } = requirements;
  const proven = new Set(tests.flatMap((tagged) => tagged.requirements));
  const unproven = areas
    .flatMap((area) => area.requirements)
    .filter((requirement) => needsTest(requirement, modules) && !proven.has(requirement.number))
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
