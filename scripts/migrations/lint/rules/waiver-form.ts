import { locate } from '../../../sql/source-text.ts';
import type { MigrationRule } from '../migration-rule.ts';

/** squawk's own comment silences a rule without saying why. */
export const waiverForm: MigrationRule = {
  name: 'waiver-form',
  check: ({ source }) =>
    [...source.text.matchAll(/--[ \t]*squawk-ignore\S*/g)].map((match) => ({
      message: 'Write `-- lint-waive rule-name: reason` instead: a waiver says why.',
      at: locate(source, match.index),
    })),
};
