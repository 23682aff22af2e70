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

/** A finding about a waiver. */
export interface WaiverFinding extends Diagnostic {
  /** The rule that is waived. */
  readonly about: string;
}

/** Silences findings, and remembers which waivers that took. */
export class Waivers {
  readonly #waivers: readonly Waiver[];
  readonly #check: (waiver: Waiver, isUsed: boolean) => Omit<Diagnostic, 'at'> | null;
  readonly #used = new Set<Waiver>();

  /** @param check what is wrong with a waiver, once every finding was asked about. */
  constructor(
    waivers: readonly Waiver[],
    check: (waiver: Waiver, isUsed: boolean) => Omit<Diagnostic, 'at'> | null,
  ) {
    this.#waivers = waivers;
    this.#check = check;
  }

  /** Whether some waiver covers a finding. */
  silences(finding: Diagnostic): boolean {
    const covering = this.#waivers.filter((waiver) => waiver.rule === finding.rule && waiver.covers(finding));
    for (const waiver of covering) this.#used.add(waiver);
    return covering.length > 0;
  }

  /** What is wrong with the waivers themselves; asked last. */
  findings(): readonly WaiverFinding[] {
    return this.#waivers.flatMap((waiver) => {
      const found = this.#check(waiver, this.#used.has(waiver));
      return found === null ? [] : [{ ...found, about: waiver.rule, at: waiver.at }];
    });
  }
}
