import { child } from '../../load/cursor.ts';
import type { Rule } from '../rule.ts';

/** A quantified group with a quantifier inside, such as `(a+)+`: time that grows exponentially with the text. */
const NESTED_QUANTIFIER = /\((?:[^()\\]|\\.)*(?:[+*]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,\d*\})/;

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
  if (NESTED_QUANTIFIER.test(withoutClasses(pattern))) {
    return 'this pattern repeats a group that repeats, which can run for very long; write it without nested repetition';
  }
  return undefined;
}

/** Character classes hold no quantifiers. */
function withoutClasses(pattern: string): string {
  return pattern.replaceAll(/\[(?:[^\]\\]|\\.)*\]/g, 'c');
}
