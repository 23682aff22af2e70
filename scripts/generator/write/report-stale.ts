import { createTwoFilesPatch } from 'diff';

import type { WritePlan } from './plan-writes.ts';

/**
 * What `--check` says about a plan: a unified diff for each stale file, a line for each missing, orphaned or unowned
 * one. Empty when the disk is fresh.
 */
export function reportStale(plan: WritePlan): readonly string[] {
  return [
    ...plan.update.map(({ path, previousText, text }) => unifiedDiff(path, previousText, text)),
    ...plan.create.map(({ path }) => `missing: ${path}`),
    ...plan.remove.map(({ path }) => `orphaned: ${path} (nothing emits it any more)`),
    ...reportUnowned(plan),
  ];
}

/** One sentence for each file in the owned folders that is not ours. */
export function reportUnowned(plan: WritePlan): readonly string[] {
  return plan.unowned.map(
    (path) => `unowned: ${path} was not written by the generator; move it elsewhere, or delete it.`,
  );
}

function unifiedDiff(path: string, previousText: string, text: string): string {
  const patch = createTwoFilesPatch(
    `a/${path}`,
    `b/${path}`,
    previousText,
    text,
    'on disk',
    'from the sources',
  );
  return `stale: ${path}\n${patch.replace(/^=+\n/, '').trimEnd()}`;
}
