import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';
import type { FakeIdentity } from './identity.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The API as production runs it, a process of its own; ended at the end of its scope. */
export interface ApiProcess extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: string;
  /** What it has logged so far: a JSON object a line. */
  readonly log: string;
  /** Asks it to end, and waits. @returns its exit code. */
  end(): Promise<number | null>;
}

/**
 * Starts `src/main.ts` on a free port.
 *
 * @param variables in addition to those of the Identity service and the database.
 * @throws {Error} with what it said, when it ends before it serves.
 */
export async function startProcess(
  { jwksUrl, issuer, audience }: Pick<FakeIdentity, 'jwksUrl' | 'issuer' | 'audience'>,
  databaseUrl: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ApiProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...compileCache,
      NODE_ENV: 'production',
      PORT: '0',
      DATABASE_URL: databaseUrl,
      AUTH_JWKS_URL: jwksUrl,
      AUTH_ISSUER: issuer,
      AUTH_AUDIENCE: audience,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let log = '';
  const serving = new Promise<number>((resolve, reject) => {
    const hear = (text: string): void => {
      log += text;
      const port = /"port":(?<port>\d+).*"Serving"/.exec(log)?.groups?.['port'];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.on('close', () => reject(new Error(`The API ended: ${log}`)));
  });
  const port = await serving;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    get log() {
      return log;
    },
    end: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  };
}
