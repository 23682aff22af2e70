import { child } from '../../load/cursor.ts';
import type { Rule } from '../rule.ts';

/** A group without groups inside, and the sign that repeats it. */
const REPEATED_GROUP = /\((?:\?:)?((?:[^()\\[\]]|\\.|\[(?:[^\]\\]|\\.)*\])*)\)(?:[+*]|\{\d+,\d*\})/g;
const QUANTIFIER = /[+*]|\{\d+,\d*\}/;

/** Patterns are valid ECMAScript, say where they begin and end, and cannot be made to run for long. */
export const safePatterns: Rule = {
  name: 'safe-patterns',
  *check({ visits }) {
    for (const { kind, cursor } of visits) {
      const pattern = kind === 'schema' ? child(cursor, 'pattern') : undefined;
      if (pattern === undefined || typeof pattern.value !== 'string') continue;
      const problem = problemOf(pattern.value);
      if (problem !== undefined) yield { at: pattern, message: problem };
    }
  },
};

function problemOf(pattern: string): string | undefined {
  try {
    void new RegExp(pattern, 'u');
  } catch {
    return 'this is not a regular expression of ECMAScript with the flag u; correct it';
  }
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) {
    return 'this pattern also matches inside longer text; write it from ^ to $';
  }
  if ([...pattern.matchAll(REPEATED_GROUP)].some(([, group]) => isAmbiguous(group ?? ''))) {
    return 'this pattern repeats a group that repeats, which can run for very long; write it without nested repetition';
  }
  return undefined;
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
