import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeIdentity } from '#tests/kit/identity.ts';
import { PEERS_FOLDER } from '../../kit/install.ts';
import { findFreePort } from '../../../scripts/postgres/free-port.ts';
import type { Peer } from './options.ts';
import { readStatements } from './statements.ts';

const ROOT = join(import.meta.dirname, '../../..');
const HOST = '127.0.0.1';
const POOL_SIZE = 10;
const START_TIMEOUT_MS = 20_000;
const POLL_MS = 10;

export type ServerName = 'ours' | Peer;

/** What each is, for the report. */
export const DESCRIPTIONS: Readonly<Record<ServerName, string>> = {
  ours: 'this API as `npm start` runs it: every guard, access log',
  fastify: 'Fastify 5, jose with known tokens, pino with one line a request, schemas of the same contract',
  express: 'Express 5, express-openapi-validator with its defaults, jose with known tokens, no log',
  floor: 'node:http, jose with known tokens; validates nothing, logs nothing',
};

/** Those that log each request, so that the log can be counted. */
export const LOGGING: ReadonlySet<ServerName> = new Set(['ours', 'fastify']);

/** A server as a process of its own. */
export interface RunningServer {
  readonly name: ServerName;
  readonly origin: string;
  readonly pid: number;
  readonly logPath: string;
  stop(): Promise<void>;
}

/** What the servers are started with. */
export interface Surroundings {
  readonly databaseUrl: string;
  readonly identity: Pick<FakeIdentity, 'jwksUrl' | 'issuer' | 'audience'>;
  /** Where their standard outputs go. */
  readonly folder: string;
  /** Variables of ours, beside those that every run has. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** @throws {Error} with what it said, when it ends before it answers. */
export async function startServer(name: ServerName, surroundings: Surroundings): Promise<RunningServer> {
  const port = await findFreePort(HOST);
  const logPath = join(surroundings.folder, `${name}.log`);
  const errorPath = join(surroundings.folder, `${name}.error.log`);
  const files = [openSync(logPath, 'w'), openSync(errorPath, 'w')] as const;
  const child =
    name === 'ours' ? spawnOurs(port, surroundings, files) : await spawnPeer(name, port, surroundings, files);
  for (const file of files) closeSync(file);
  const ended = once(child, 'close');
  const origin = `http://${HOST}:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(origin))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(
        `${name} did not start: ${await readFile(errorPath, 'utf8')}${await readFile(logPath, 'utf8')}`,
      );
    }
    await sleep(POLL_MS);
  }
  return {
    name,
    origin,
    pid: child.pid ?? 0,
    logPath,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

type Files = readonly [output: number, error: number];

function spawnOurs(
  port: number,
  { databaseUrl, identity, variables }: Surroundings,
  [output, error]: Files,
): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
    env: {
      NODE_ENV: 'production',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(POOL_SIZE),
      AUTH_JWKS_URL: identity.jwksUrl,
      AUTH_ISSUER: identity.issuer,
      AUTH_AUDIENCE: identity.audience,
      // Counted as always; a few users send more here than a person would.
      RATE_LIMIT_REQUESTS: '1000000000',
      ...variables,
    },
    stdio: ['ignore', output, error],
  });
}

async function spawnPeer(
  name: Peer,
  port: number,
  { databaseUrl, identity }: Surroundings,
  [output, error]: Files,
): Promise<ChildProcess> {
  const settings = {
    port,
    databaseUrl,
    poolSize: POOL_SIZE,
    jwksUrl: identity.jwksUrl,
    issuer: identity.issuer,
    audience: identity.audience,
    contractPath: join(ROOT, 'generated/recipe/contract.json'),
    statements: await readStatements(),
  };
  const main = join(PEERS_FOLDER, 'recipe', `${name}.mjs`);
  return spawn(process.execPath, [main, JSON.stringify(settings)], {
    env: { NODE_ENV: 'production' },
    stdio: ['ignore', output, error],
  });
}

async function answers(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/recipes`);
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
