import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/**
 * Redocly's rules that a rule of ours repeats with a better sentence, where both find something in one line. `any`:
 * whatever of ours stands there says it better.
 */
const SUPERSEDED: Readonly<Record<string, readonly string[] | 'any'>> = {
  struct: 'any',
  'no-ambiguous-paths': ['duplicate-path'],
  'no-schema-type-mismatch': ['applicable-keywords'],
  'paths-kebab-case': ['path-template'],
};

/** Redocly's findings without those that ours say already. */
export function supersede(
  redocly: readonly Diagnostic[],
  ours: readonly Diagnostic[],
): readonly Diagnostic[] {
  const rulesByLine = new Map<string, Set<string>>();
  for (const { rule, at } of ours) {
    const line = `${at.file}:${at.line}`;
    rulesByLine.set(line, (rulesByLine.get(line) ?? new Set()).add(rule));
  }
  // Behind a reference to the wrong kind of object, Redocly reads the right object by the wrong rules.
  const misled = ours.some(({ rule }) => rule === 'ref-kind');
  return redocly.filter(({ rule, at }) => {
    if (rule === 'struct' && misled) return false;
    // What breaks the tool is what ours are about.
    if (rule === 'redocly' && ours.length > 0) return false;
    const better = Object.hasOwn(SUPERSEDED, rule) ? SUPERSEDED[rule] : undefined;
    const there = rulesByLine.get(`${at.file}:${at.line}`);
    if (better === undefined || there === undefined) return true;
    return better !== 'any' && !better.some((each) => there.has(each));
  });
}
