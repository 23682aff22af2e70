import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { errorCode } from '../diagnostics/error-code.ts';
import { watchBlockers } from './blockers.ts';
import { concurrentIndex, indexState } from './concurrent-index.ts';
import { countStatements } from './count-statements.ts';
import { HISTORY_SCHEMA, UNFINISHED_TABLE } from './history.ts';
import { isHistoryRow, runMigration } from './run-migration.ts';
import type { MigrationStep } from './run-migration.ts';
import type { Migration, MigrationSection } from './read-migrations.ts';
import type { MigrationSettings } from './settings.ts';

/** Waited in vain for a lock, or was the one that PostgreSQL took out of a deadlock. */
const TRANSIENT = new Set(['55P03', '40P01']);
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

export interface StepOptions {
  /** Connection string of the same database, to look at locks while the step waits. */
  readonly url: string;
  readonly settings: MigrationSettings;
  /** Receives a line when the step has to be tried again. */
  readonly log: (line: string) => void;
  /** True when an earlier run began this migration outside a transaction and was not seen to end. */
  readonly wasInterrupted: boolean;
}

/**
 * The session's settings, set before every migration: one may have changed them for itself. What runs CONCURRENTLY has no lock
 * timeout: it waits for every older transaction, and the table stays usable meanwhile.
 */
export function sessionSql(settings: MigrationSettings, migration?: Migration): string {
  const lockTimeoutMs = migration?.isOutsideTransaction === true ? 0 : settings.lockTimeoutMs;
  return [
    'RESET ROLE',
    "SET TIME ZONE 'UTC'",
    'SET search_path TO public',
    'SET client_min_messages TO warning',
    'SET idle_in_transaction_session_timeout TO 0',
    `SET lock_timeout TO ${lockTimeoutMs}`,
    `SET statement_timeout TO ${settings.statementTimeoutMs}`,
  ].join('; ');
}

/**
 * SQL around a migration outside a transaction, so that a later run knows of one that was killed. The end is written
 * together with the row of the version table: of a migration that is in both tables an earlier run had begun the way down.
 */
export function unfinishedSql({ module, migration }: MigrationStep): {
  readonly begin: string;
  /** @param sent what node-pg-migrate sends. */
  readonly withEnd: (sent: string) => string;
  readonly end: string;
} {
  const table = `${HISTORY_SCHEMA}.${UNFINISHED_TABLE}`;
  const end = `DELETE FROM ${table} WHERE module = '${module.name}' AND name = '${migration.name}'`;
  return {
    begin: `INSERT INTO ${table} (module, name) VALUES ('${module.name}', '${migration.name}') ON CONFLICT DO NOTHING`,
    withEnd: (sent) => (isHistoryRow(sent) ? `BEGIN; ${sent} ${end}; COMMIT` : sent),
    end,
  };
}

/** The part of the file that a step runs. */
export function sectionOf({ migration, action }: MigrationStep): MigrationSection {
  return (action === 'down' || action === 'unmark' ? migration.down : migration.up) ?? migration.up;
}

/** A step that failed for good: why, and how many statements of its part were done. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  /** Statements of the part that were done before the one that failed; null when none of them failed. */
  readonly done: number | null;
  /** The sessions that held the lock that it waited for, as a sentence; empty when it failed for another reason. */
  readonly blockers: string;

  constructor(cause: unknown, done: number | null, blockers = '') {
    super('A migration failed.', { cause });
    this.done = done;
    this.blockers = blockers;
  }
}

/**
 * Runs one step, again when it waited for a lock in vain, with growing pauses of random length between.
 *
 * @param client holds the migration lock.
 * @throws {StepFailure} the step then changed nothing.
 */
export async function applyStep(client: Client, step: MigrationStep, options: StepOptions): Promise<void> {
  const { settings, log } = options;
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  for (let attempt = 0; ; attempt += 1) {
    await client.query(sessionSql(settings, step.migration));
    const counter = countStatements(client, sectionOf(step).sql);
    const blockers = watchBlockers(options.url, rows[0]?.pid ?? 0, settings.lockTimeoutMs);
    try {
      await (step.migration.isOutsideTransaction && ['up', 'down'].includes(step.action)
        ? runOutsideTransaction(client, counter.sender, step, options.wasInterrupted || attempt > 0)
        : runMigration(counter.sender, step));
      return;
    } catch (error) {
      if (!TRANSIENT.has(errorCode(error)) || attempt >= settings.retries) {
        throw new StepFailure(error, counter.done(), TRANSIENT.has(errorCode(error)) ? blockers.last() : '');
      }
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
      log(
        `${step.module.name} ${step.migration.name} could not get its lock; trying again in ${(pause / 1_000).toFixed(1)} s (${attempt + 1} of ${settings.retries}).${blockers.last() === '' ? '' : ` ${blockers.last()}`}`,
      );
      await sleep(pause);
    } finally {
      counter.stop();
      blockers.stop();
    }
  }
}

/** How a step outside a transaction is run after an earlier run, which may have been killed in the middle of it. */
export interface Recovery {
  /** SQL that takes away what the earlier run left; null when it left nothing. */
  readonly clear: string | null;
  /** The step, or writing down that it is done already. */
  readonly step: MigrationStep;
}

/** Looks at what an earlier run left of a step outside a transaction. Changes nothing. */
export async function recoveryOf(
  client: Client,
  step: MigrationStep,
  wasInterrupted: boolean,
): Promise<Recovery> {
  const change = concurrentIndex(sectionOf(step));
  if (change === null) {
    return { clear: null, step };
  }
  const state = await indexState(client, change.index);
  if (change.action === 'drop') {
    const isDone = state === 'absent' && wasInterrupted;
    return {
      clear: null,
      step: isDone ? { ...step, action: step.action === 'down' ? 'unmark' : 'mark' } : step,
    };
  }
  // A half-built index, or one whose row was never written; `IF NOT EXISTS` would take either for done.
  const isLeft = state === 'invalid' || (state === 'valid' && wasInterrupted);
  return { clear: isLeft ? `DROP INDEX CONCURRENTLY ${change.index}` : null, step };
}

async function runOutsideTransaction(
  client: Client,
  sender: { query(text: string): Promise<unknown> },
  step: MigrationStep,
  wasInterrupted: boolean,
): Promise<void> {
  const recovery = await recoveryOf(client, step, wasInterrupted);
  if (recovery.clear !== null) {
    await client.query(recovery.clear);
  }
  const { begin, withEnd, end } = unfinishedSql(step);
  await client.query(begin);
  try {
    await runMigration({ query: (text) => sender.query(withEnd(text)) }, recovery.step);
  } catch (error) {
    const change = concurrentIndex(sectionOf(step));
    if (change?.action === 'create') {
      await clearAway(client, change.index, end).catch(() => {}); // else the next run does
    }
    throw error;
  }
}

async function clearAway(client: Client, index: string, end: string): Promise<void> {
  if ((await indexState(client, index)) === 'invalid') {
    await client.query(`DROP INDEX CONCURRENTLY ${index}`);
  }
  await client.query(end);
}
