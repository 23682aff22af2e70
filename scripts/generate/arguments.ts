/** What the command line asks for. */
export interface Arguments {
  readonly mode: 'write' | 'check' | 'watch' | 'help';
  readonly isVerbose: boolean;
  readonly useCache: boolean;
}

/** `npm run generate -- --help`. */
export const HELP = `Usage: npm run generate -- [--check | --watch] [--verbose] [--no-cache]

Writes generated/ from specs/, sql/ and migrations/.

  --check      compare with what is on disk, show the differences, write nothing; exit 1 when there are any
  --watch      generate, then again whenever a source changes, until Ctrl-C
  --verbose    print what each stage took
  --no-cache   recompute everything; keep nothing in .cache/
  --help       print this

Exit codes: 0 done or fresh; 1 something is wrong with the sources, or generated/ is stale; 2 it could not be done.
`;

/** Reads the flags after the script's name. A sentence instead of arguments says what is wrong with them. */
export function parseArguments(flags: readonly string[]): Arguments | string {
  const known = new Set(['--check', '--watch', '--verbose', '--no-cache', '--help', '-h']);
  const unknown = flags.find((flag) => !known.has(flag));
  if (unknown !== undefined)
    return `Unknown argument ${JSON.stringify(unknown)}; --help lists the known ones.`;
  const has = (flag: string): boolean => flags.includes(flag);
  if (has('--check') && has('--watch')) return '--check and --watch exclude each other.';
  const modes = [
    ['help', has('--help') || has('-h')],
    ['check', has('--check')],
    ['watch', has('--watch')],
  ] as const;
  const mode = modes.find(([, isAsked]) => isAsked)?.[0] ?? 'write';
  return { mode, isVerbose: has('--verbose'), useCache: !has('--no-cache') };
}
