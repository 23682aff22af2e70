import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { Waivers } from '../diagnostics/waivers.ts';
import type { Waiver } from '../diagnostics/waivers.ts';
import type { SourceText } from './source-text.ts';
import { locate } from './source-text.ts';

/** A comment that silences a rule in a query or a migration: `-- lint-waive rule: reason`. */
export type WaiverComment = Omit<Waiver, 'covers'>;

const WAIVER = /--[ \t]*lint-waive\b[ \t]*([a-z0-9-]*)[ \t]*:?[ \t]*([^\n]*)/g;

/** The waivers between two offsets of a file; their reasons may be missing. */
export function findWaivers(source: SourceText, start: number, end: number): readonly WaiverComment[] {
  return [...source.text.slice(start, end).matchAll(WAIVER)].map((match) => ({
    rule: match[1] ?? '',
    reason: (match[2] ?? '').trim(),
    at: locate(source, start + match.index),
  }));
}

/**
 * Takes away what a waiver with a reason silences, and adds what is wrong with the waivers: no reason, no such rule, or nothing
 * to silence.
 *
 * @param options.rules the names that a waiver may have.
 * @param options.covers whether a finding is in a waiver's scope; without it every finding is.
 */
export function applyWaivers(options: {
  readonly findings: readonly Diagnostic[];
  readonly waivers: readonly WaiverComment[];
  readonly rules: ReadonlySet<string>;
  readonly covers?: (waiver: WaiverComment, finding: Diagnostic) => boolean;
}): readonly Diagnostic[] {
  const { findings, rules, covers = () => true } = options;
  const waivers = new Waivers(
    options.waivers.map((waiver) => ({
      ...waiver,
      covers: (finding) => waiver.reason !== '' && covers(waiver, finding),
    })),
    (waiver, isUsed) => {
      const message = wrongWaiver(waiver, rules, isUsed);
      return message === null ? null : { rule: 'lint-waiver', message };
    },
  );
  const left = findings.filter((finding) => !waivers.silences(finding));
  return [...left, ...waivers.findings()];
}

function wrongWaiver(
  { rule, reason }: WaiverComment,
  rules: ReadonlySet<string>,
  isUsed: boolean,
): string | null {
  if (!rules.has(rule)) {
    return `There is no rule ${rule === '' ? 'named here' : rule}; write \`-- lint-waive rule-name: reason\`.`;
  }
  if (reason === '') {
    return `A waiver needs its reason: \`-- lint-waive ${rule}: why it is right here\`.`;
  }
  return isUsed ? null : `Nothing breaks ${rule} here any more; remove the waiver.`;
}
