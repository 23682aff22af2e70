import { child, members } from '../../load/cursor.ts';
import type { Rule } from '../rule.ts';

/** A group without groups inside, and the sign that repeats it. */
const REPEATED_GROUP = /\((?:\?:)?((?:[^()\\[\]]|\\.|\[(?:[^\]\\]|\\.)*\])*)\)(?:[+*]|\{\d+,\d*\})/g;
const QUANTIFIER = /[+*]|\{\d+,\d*\}/;

/** Patterns say where they begin and end, and cannot be made to run for long. What is no pattern at all cannot be waived. */
export const safePatterns: Rule = {
  name: 'safe-patterns',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema') continue;
      const pattern = child(cursor, 'pattern');
      const problem = typeof pattern?.value === 'string' ? problemOf(pattern.value) : undefined;
      if (pattern !== undefined && problem !== undefined) yield { at: pattern, message: problem };
      for (const [name, at] of members(child(cursor, 'patternProperties'))) {
        const message = ambiguity(name);
        if (message !== undefined) yield { at, onKey: true, message };
      }
    }
  },
};

function problemOf(pattern: string): string | undefined {
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) {
    return 'this pattern also matches inside longer text; write it from ^ to $';
  }
  return ambiguity(pattern);
}

function ambiguity(pattern: string): string | undefined {
  return [...pattern.matchAll(REPEATED_GROUP)].some(([, group]) => isAmbiguous(group ?? ''))
    ? 'this pattern repeats a group that repeats, which can run for very long; write it without nested repetition'
    : undefined;
}

/**
 * A repeated group that repeats inside, such as `(a+)+`, can be split in exponentially many ways. One that begins with
 * a separator which is nowhere else in it, such as `(-[a-z]+)*`, can be split in one way only.
 */
function isAmbiguous(group: string): boolean {
  if (!QUANTIFIER.test(withoutClasses(group))) return false;
  const separator = /^\\?([-_.,:;/@# ])/.exec(group)?.[1];
  return (
    separator === undefined ||
    group
      .slice(group.indexOf(separator) + 1)
      .replaceAll(/\w-\w/g, '')
      .includes(separator)
  );
}

/** Character classes hold no quantifiers. */
function withoutClasses(pattern: string): string {
  return pattern.replaceAll(/\[(?:[^\]\\]|\\.)*\]/g, 'c');
}
