import type { Diagnostic, SourcePointer } from './diagnostic.ts';

/** A place where a source says that a rule need not hold there, and why. */
export interface Waiver {
  readonly rule: string;
  /** Empty when the source gives none. */
  readonly reason: string;
  /** The waiver itself. */
  readonly at: SourcePointer;
  /** Whether a finding of the rule is in the waiver's scope. */
  readonly covers: (finding: Diagnostic) => boolean;
}

/** Silences findings, and remembers which waivers that took. */
export class Waivers {
  readonly #waivers: readonly Waiver[];
  readonly #used = new Set<Waiver>();

  constructor(waivers: readonly Waiver[]) {
    this.#waivers = waivers;
  }

  /** Whether some waiver covers a finding. */
  silences(finding: Diagnostic): boolean {
    const covering = this.#waivers.filter(({ rule, covers }) => rule === finding.rule && covers(finding));
    for (const waiver of covering) this.#used.add(waiver);
    return covering.length > 0;
  }

  /** What is wrong with the waivers themselves, by `check`; asked once every finding was. */
  findings(check: (waiver: Waiver, isUsed: boolean) => Omit<Diagnostic, 'at'> | null): readonly Diagnostic[] {
    return this.#waivers.flatMap((waiver) => {
      const found = check(waiver, this.#used.has(waiver));
      return found === null ? [] : [{ ...found, at: waiver.at }];
    });
  }
}
