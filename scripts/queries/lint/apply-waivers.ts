import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Waiver } from '../parse/sql-query.ts';

/**
 * Takes away what a waiver with a reason silences, and adds what is wrong with the waivers: no reason, no such rule, or nothing
 * to silence.
 *
 * @param options.covers whether a waiver reaches a finding; every finding of the query or file unless given.
 */
export function applyWaivers(options: {
  readonly findings: readonly Diagnostic[];
  readonly waivers: readonly Waiver[];
  readonly rules: ReadonlySet<string>;
  readonly covers?: (waiver: Waiver, finding: Diagnostic) => boolean;
}): readonly Diagnostic[] {
  const { findings, waivers, rules, covers = () => true } = options;
  const silences = (waiver: Waiver, finding: Diagnostic): boolean =>
    waiver.rule === finding.rule && waiver.reason !== '' && covers(waiver, finding);
  const left = findings.filter((finding) => !waivers.some((waiver) => silences(waiver, finding)));
  const wrong = waivers.flatMap((waiver): readonly Diagnostic[] => {
    const message = wrongWaiver(
      waiver,
      rules,
      findings.some((finding) => silences(waiver, finding)),
    );
    return message === null ? [] : [{ rule: 'lint-waiver', message, at: waiver.at }];
  });
  return [...left, ...wrong];
}

function wrongWaiver(waiver: Waiver, rules: ReadonlySet<string>, isUsed: boolean): string | null {
  if (!rules.has(waiver.rule)) {
    return `There is no rule ${waiver.rule === '' ? 'named here' : waiver.rule}; write \`-- lint-waive rule-name: reason\`.`;
  }
  if (waiver.reason === '') {
    return `A waiver needs its reason: \`-- lint-waive ${waiver.rule}: why it is right here\`.`;
  }
  return isUsed ? null : `Nothing breaks ${waiver.rule} here any more; remove the waiver.`;
}
