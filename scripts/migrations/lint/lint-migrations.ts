import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/sort-diagnostics.ts';
import { lineAt } from '../../sql/source-text.ts';
import { applyWaivers } from '../../sql/waivers.ts';
import type { WaiverComment } from '../../sql/waivers.ts';
import { partsOf } from './migration-text.ts';
import type { MigrationText } from './migration-text.ts';
import type { MigrationRule } from './migration-rule.ts';
import { firstCreatesSchema } from './rules/first-creates-schema.ts';
import { crossModuleForeignKey } from './rules/foreign-keys.ts';
import { hazards } from './rules/hazards.ts';
import { ownSchema } from './rules/own-schema.ts';
import { outsideTransaction } from './rules/transactions.ts';
import { waiverForm } from './rules/waiver-form.ts';
import { wayBack } from './rules/way-back.ts';
import { isFalseAlarm } from './false-alarms.ts';
import { SQUAWK_RULES_LEFT_OUT, runSquawk } from './run-squawk.ts';

const RULES: readonly MigrationRule[] = [
  crossModuleForeignKey,
  firstCreatesSchema,
  ...hazards,
  outsideTransaction,
  ownSchema,
  waiverForm,
  wayBack,
];

/**
 * What is unsafe in migrations, sorted by file and line; each message says how to write it safely. `-- lint-waive rule: reason`
 * above a statement silences a rule for it, above `-- Up Migration` for the whole file.
 *
 * @throws as `runSquawk`.
 */
export async function lintMigrations(migrations: readonly MigrationText[]): Promise<readonly Diagnostic[]> {
  const readable = migrations.filter((migration) =>
    partsOf(migration).every(({ syntaxError }) => syntaxError === null),
  );
  const unsafe = await runSquawk(readable);
  const rules = new Set([
    ...RULES.map(({ name }) => name),
    ...unsafe.map(({ rule }) => rule),
    ...migrations
      .flatMap(({ waivers }) => waivers.map(({ rule }) => rule))
      .filter((rule) => looksLikeSquawk(rule)),
  ]);
  return sortDiagnostics(
    migrations.flatMap((migration) => {
      const broken = partsOf(migration).flatMap(({ syntaxError }) =>
        syntaxError === null ? [] : [syntaxError],
      );
      const findings = [
        ...RULES.flatMap(({ name, check }) =>
          check(migration).map(({ message, at }) => ({ rule: name, message, at })),
        ),
        ...unsafe.filter(
          (finding) => finding.at.file === migration.source.file && !isFalseAlarm(finding, migration),
        ),
      ];
      const left = applyWaivers({
        findings,
        waivers: migration.waivers,
        rules,
        covers: (waiver, finding) => covers(migration, waiver, finding),
      });
      return [...broken, ...left];
    }),
  );
}

/** squawk does not list its rules: a waiver for one that it does not have is said to be unused. */
function looksLikeSquawk(rule: string): boolean {
  return /^(?:[a-z]+-)+[a-z]+$/.test(rule) && !SQUAWK_RULES_LEFT_OUT.has(rule);
}

function covers(migration: MigrationText, waiver: WaiverComment, finding: Diagnostic): boolean {
  const upLine = lineAt(migration.source.text, migration.up.start);
  if (waiver.at.line < upLine) {
    return true;
  }
  return partsOf(migration)
    .flatMap(({ statements }) => statements)
    .some(({ start, end }) => {
      const first = lineAt(migration.source.text, start);
      const last = lineAt(migration.source.text, end);
      return (
        [waiver, finding].every(({ at }) => at.line >= first && at.line <= last) &&
        finding.at.line >= waiver.at.line
      );
    });
}
