import { parseArgs } from 'node:util';
import { SETTING_SOURCES } from './settings.ts';

/** What each command takes: how many names at least and at most, and which flags. */
const COMMANDS = {
  up: { names: [0, 1], flags: ['lock-timeout', 'statement-timeout', 'retries', 'wait'] },
  down: { names: [0, 1], flags: ['yes', 'all', 'lock-timeout', 'statement-timeout', 'retries', 'wait'] },
  redo: { names: [1, 1], flags: ['yes', 'lock-timeout', 'statement-timeout', 'retries', 'wait'] },
  status: { names: [0, 1], flags: ['json'] },
  plan: { names: [0, 1], flags: ['lock-timeout', 'statement-timeout'] },
  create: { names: [2, 2], flags: [] },
  verify: { names: [0, 0], flags: ['base', 'files', 'ignore-schema'] },
  baseline: { names: [1, 1], flags: ['yes', 'to', 'wait'] },
} as const satisfies Record<string, { names: readonly [number, number]; flags: readonly string[] }>;

/** A command of `npm run migrate`. */
export type CommandName = keyof typeof COMMANDS;

/** A command line that was understood. */
export interface Command {
  readonly name: CommandName;
  /** Module, or module and name. */
  readonly names: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

const OPTIONS = {
  yes: { type: 'boolean' },
  all: { type: 'boolean' },
  json: { type: 'boolean' },
  files: { type: 'boolean' },
  base: { type: 'string' },
  to: { type: 'string' },
  'ignore-schema': { type: 'string', multiple: true },
  [SETTING_SOURCES.lockTimeoutMs.flag]: { type: 'string' },
  [SETTING_SOURCES.statementTimeoutMs.flag]: { type: 'string' },
  [SETTING_SOURCES.retries.flag]: { type: 'string' },
  [SETTING_SOURCES.waitMs.flag]: { type: 'string' },
} as const;

/** Reads a command line. @returns a sentence when it is not one of ours. */
export function parseCommand(args: readonly string[]): Command | string {
  const [name = '', ...rest] = args;
  if (!isCommand(name)) {
    return name === '' ? 'Say what to do.' : `There is no command ${name}.`;
  }
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    return `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)}.`;
  }
  const { names, flags } = COMMANDS[name];
  const unknown = Object.keys(parsed.values).find((flag) => !flags.some((known) => known === flag));
  if (unknown !== undefined) {
    return `${name} does not take --${unknown}.`;
  }
  const given = parsed.positionals.length;
  if (given < names[0]) {
    return name === 'create'
      ? 'Name the module and what the migration does: npm run migrate -- create ticket add_notes'
      : `Name the module: npm run migrate -- ${name} ticket --yes`;
  }
  return given > names[1]
    ? `${name} does not take ${parsed.positionals[names[1]] ?? ''}.`
    : { name, names: parsed.positionals, flags: parsed.values };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
