/** How long a run waits, and how often it tries again. Times in milliseconds. */
export interface MigrationSettings {
  /** How long a statement waits for a lock; what comes after it in the queue waits as long. */
  readonly lockTimeoutMs: number;
  /** How long one statement may take. 0 for as long as it needs. */
  readonly statementTimeoutMs: number;
  /** How often a migration is tried again after it waited for a lock in vain. */
  readonly retries: number;
  /** How long to wait for another run to end. */
  readonly waitMs: number;
}

/** Locks are given up soon, statements late: a queue behind a lock stops the application, a long statement need not. */
export const DEFAULT_SETTINGS: MigrationSettings = {
  lockTimeoutMs: 5_000,
  statementTimeoutMs: 900_000,
  retries: 5,
  waitMs: 600_000,
};

/** Of each setting: its flag, its variable, and the greatest value that makes sense. */
export const SETTING_SOURCES = {
  lockTimeoutMs: { flag: 'lock-timeout', variable: 'MIGRATION_LOCK_TIMEOUT_MS', max: 600_000 },
  statementTimeoutMs: {
    flag: 'statement-timeout',
    variable: 'MIGRATION_STATEMENT_TIMEOUT_MS',
    max: 86_400_000,
  },
  retries: { flag: 'retries', variable: 'MIGRATION_LOCK_RETRIES', max: 100 },
  waitMs: { flag: 'wait', variable: 'MIGRATION_WAIT_MS', max: 86_400_000 },
} as const satisfies Record<keyof MigrationSettings, { flag: string; variable: string; max: number }>;

/**
 * The settings of flags, else of variables, else the defaults.
 *
 * @returns a sentence for each value that is not a whole number in its range.
 */
export function readSettings(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): { readonly settings: MigrationSettings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const read = (key: keyof MigrationSettings): number => {
    const { flag, variable, max } = SETTING_SOURCES[key];
    const fromFlag = flags[flag];
    const isFlag = typeof fromFlag === 'string';
    const text = isFlag ? fromFlag : (env[variable] ?? '');
    if (text === '' && !isFlag) {
      return DEFAULT_SETTINGS[key];
    }
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > max) {
      const unit = key === 'retries' ? '' : ' of milliseconds';
      problems.push(`${isFlag ? `--${flag}` : variable} takes a whole number${unit} from 0 to ${max}.`);
      return DEFAULT_SETTINGS[key];
    }
    return value;
  };
  const settings = {
    lockTimeoutMs: read('lockTimeoutMs'),
    statementTimeoutMs: read('statementTimeoutMs'),
    retries: read('retries'),
    waitMs: read('waitMs'),
  };
  return { settings, problems };
}
