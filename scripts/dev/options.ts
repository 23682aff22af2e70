import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm run dev` starts, and where. */
export interface DevOptions {
  /** The project. */
  readonly root: string;
  /** Everything that survives a restart: the database, the users of the Identity service. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Wanted ports; others are taken, and said, when they are not free. */
  readonly identityPort: number;
  readonly postgresPort: number;
  /** Undefined: the web app is not served. */
  readonly webPort: number | undefined;
  /** A PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Begin with an empty database, and the rows of `seeds/`. */
  readonly isReset: boolean;
  /** Regenerate and restart when sources change. */
  readonly isWatching: boolean;
}

export const DEV_HELP = `npm run dev -- [options]

Starts PostgreSQL, the local Identity service, the API and the web app; Ctrl-C stops all of them.

  --port N            port of the API (PORT, else 4000)
  --identity-port N   wanted port of the Identity service (4001)
  --postgres-port N   wanted port of PostgreSQL (5432)
  --web-port N        wanted port of the web app (5173)
  --no-web            serve no web app
  --data FOLDER       where data is kept (.data); one for each branch keeps their databases apart
  --reset             remove the database and make a new one, with the rows of seeds/
  --no-watch          do not restart when sources change

DATABASE_URL, when set, names a PostgreSQL to use instead. The API's other variables are in .env.example.
`;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Options from arguments and environment, `help`, or a sentence that says what is wrong with them.
 */
export function parseDevOptions(
  args: readonly string[],
  variables: Variables,
  root: string,
): DevOptions | 'help' | { readonly problem: string } {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        port: { type: 'string', default: variables['PORT'] || '4000' },
        'identity-port': { type: 'string', default: '4001' },
        'postgres-port': { type: 'string', default: '5432' },
        'web-port': { type: 'string', default: '5173' },
        web: { type: 'boolean', default: true },
        data: { type: 'string', default: '.data' },
        reset: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { problem: `${error instanceof Error ? error.message : String(error)} (npm run dev -- --help)` };
  }
  if (values.help) return 'help';
  if (values.reset && (variables['DATABASE_URL'] ?? '') !== '') {
    return {
      problem: '--reset removes the database of npm run dev, and DATABASE_URL names another: unset it.',
    };
  }
  const port = parsePort(values.port);
  const identityPort = parsePort(values['identity-port']);
  const postgresPort = parsePort(values['postgres-port']);
  const webPort = parsePort(values['web-port']);
  if (
    port === undefined ||
    identityPort === undefined ||
    postgresPort === undefined ||
    webPort === undefined
  ) {
    return { problem: 'A port is a whole number from 1 to 65535 (npm run dev -- --help).' };
  }
  return {
    root,
    dataDir: resolve(root, values.data),
    host: variables['HOST'] || '127.0.0.1',
    port,
    identityPort,
    postgresPort,
    webPort: values.web ? webPort : undefined,
    databaseUrl: variables['DATABASE_URL'] || undefined,
    isReset: values.reset,
    isWatching: values.watch,
  };
}

/** Where the running `npm run dev` leaves what `npm run token` needs. */
export function devStatePath(dataDir: string): string {
  return join(dataDir, 'dev.json');
}

function parsePort(text: string): number | undefined {
  const port = /^[1-9][0-9]{0,4}$/.test(text) ? Number(text) : NaN;
  return port <= 65_535 ? port : undefined;
}
