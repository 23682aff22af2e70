import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { processVariables } from '../../src/kernel/config/process-variables.ts';
import { SampleProject } from '../generate/testing/sample-project.ts';
import { readPostmasterFile } from '../postgres/postmaster-file.ts';
import { listenNear, whyNotListen } from './listen-near.ts';
import { runDev } from './run-dev.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(import.meta.dirname, 'main.ts');
const TOKEN = join(import.meta.dirname, 'token', 'main.ts');

interface Ports {
  readonly api: number;
  readonly identity: number;
  readonly postgres: number;
  readonly web: number;
}

async function freePorts(): Promise<Ports> {
  const servers = [createServer(), createServer(), createServer(), createServer()];
  const [api = 0, identity = 0, postgres = 0, web = 0] = await Promise.all(
    servers.map((server) => listenNear(server, 0)),
  );
  await Promise.all(
    servers.map(async (server) => {
      server.close();
      await once(server, 'close');
    }),
  );
  return { api, identity, postgres, web };
}

/** Runs a script as npm would, without the machine's own settings for databases and ports. */
function runScript(script: string, args: readonly string[], set: Readonly<Record<string, string>> = {}) {
  const { DATABASE_URL: _url, PORT: _port, HOST: _host, ...variables } = processVariables();
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...variables, ...set },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = once(child, 'close').then(() => child.exitCode);
  return { child, said, ended };
}

/** `npm run dev` over a folder. It watches nothing: sources may be edited while the tests run. */
function runMain(
  context: TestContext,
  dataDir: string,
  ports: Ports,
  set: Readonly<Record<string, string>> = {},
) {
  const args = [
    '--no-watch',
    '--data',
    dataDir,
    '--port',
    `${ports.api}`,
    '--identity-port',
    `${ports.identity}`,
    '--postgres-port',
    `${ports.postgres}`,
    '--web-port',
    `${ports.web}`,
  ];
  const dev = runScript(MAIN, args, set);
  context.after(() => dev.child.kill('SIGKILL'));
  return {
    ...dev,
    /** Resolves when it serves. */
    async started(): Promise<void> {
      while (!dev.said.out.includes('Ctrl-C stops all of it.')) {
        if (dev.child.exitCode !== null) assert.fail(`it ended: ${dev.said.err}${dev.said.out}`);
        await Promise.race([once(dev.child.stdout, 'data'), dev.ended]);
      }
    },
  };
}

async function requestToken(dataDir: string, ...args: string[]): Promise<string> {
  const { said, ended } = runScript(TOKEN, ['--data', dataDir, ...args]);
  assert.equal(await ended, 0, said.err);
  return said.out.trimEnd();
}

async function isPortFree(port: number): Promise<boolean> {
  return (await whyNotListen(port, '127.0.0.1')) === undefined;
}

/** Nothing listens any more, and no process has the data folder in its command line. */
async function assertNothingLeft(dataDir: string, ports: Ports): Promise<void> {
  for (const port of Object.values(ports)) assert.ok(await isPortFree(port), `port ${port} is still taken`);
  assert.deepEqual(await processesOn(dataDir), []);
}

async function processesOn(dataDir: string): Promise<string[]> {
  const child = spawn('ps', ['-eo', 'pid,args'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(child, 'close');
  return text.split('\n').filter((line) => line.includes(dataDir));
}

/** The process that listens on the port, as Linux tells. */
async function apiProcess(dev: ReturnType<typeof runMain>): Promise<number> {
  const children = await readFile(`/proc/${dev.child.pid}/task/${dev.child.pid}/children`, 'utf8');
  for (const pid of children.trim().split(' ')) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('end-with-parent')) return Number(pid);
  }
  return assert.fail('the API is no child of npm run dev');
}

const RECIPE = {
  title: 'Pancakes',
  servings: 4,
  ingredients: [{ name: 'flour', quantity: '250', unit: 'g' }],
  steps: ['Bake.'],
};

suite('npm run dev', () => {
  let dataDir = '';
  let ports: Ports;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'dev-'));
    ports = await freePorts();
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  test('starts all, gives tokens, keeps data over a restart, and leaves nothing running', async (context) => {
    const api = `http://127.0.0.1:${ports.api}`;
    const first = runMain(context, dataDir, ports);
    await first.started();
    assert.ok(first.said.out.includes(`TOKEN=$(npm run -s token -- --data '${dataDir}')`), first.said.out);
    const authorization = `Bearer ${await requestToken(dataDir)}`;
    const created = await fetch(`${api}/recipes`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ ...RECIPE, visibility: 'private' }),
    });
    assert.equal(created.status, 201, await created.clone().text());
    const web = `http://127.0.0.1:${ports.web}`;
    assert.match(await (await fetch(web)).text(), /<title>Chompardo<\/title>/);
    assert.match(await (await fetch(`${web}/src/main.tsx`)).text(), /configureApi/);
    assert.equal((await fetch(`${web}/api/recipes`, { headers: { authorization } })).status, 200);
    assert.equal(await (await fetch(`${web}/api/auth/get-session`)).text(), 'null');
    const other = `Bearer ${await requestToken(dataDir, '--email', 'guest@example.com')}`;
    assert.deepEqual(await (await fetch(`${api}/recipes`, { headers: { authorization: other } })).json(), {
      items: [],
    });

    const meanwhile = runMain(context, dataDir, await freePorts());
    assert.equal(await meanwhile.ended, 2);
    assert.match(meanwhile.said.err, /^npm run dev already runs on .*\n$/);

    first.child.kill('SIGINT');
    assert.equal(await first.ended, 0);
    assert.equal(first.said.err, '');
    assert.doesNotMatch(first.said.out, /\n\s+at /);
    await assertNothingLeft(dataDir, ports);

    const second = runMain(context, dataDir, ports);
    await second.started();
    assert.doesNotMatch(second.said.out, /applied/);
    // A token of before: the keys are the same ones.
    const listed = await fetch(`${api}/recipes`, { headers: { authorization } });
    assert.match(await listed.text(), /"title":"Pancakes"/);
    second.child.kill('SIGTERM');
    assert.equal(await second.ended, 0);
    await assertNothingLeft(dataDir, ports);

    const late = runScript(TOKEN, ['--data', dataDir]);
    assert.equal(await late.ended, 2);
    assert.match(late.said.err, /^Nothing runs to ask for a token.*\n$/);
  });

  test('restarts the API alone when it dies, and stops everything with a sentence when it dies again', async (context) => {
    const dev = runMain(context, dataDir, ports);
    await dev.started();
    const first = await apiProcess(dev);
    process.kill(first, 'SIGKILL');
    let second = first;
    while (second === first) {
      await sleep(50);
      second = await apiProcess(dev).catch(() => first);
    }
    assert.match(dev.said.out, /^The API ended by itself: restarting the API\.$/m);
    while (!(await fetch(`http://127.0.0.1:${ports.api}/livez`).catch(() => undefined))?.ok) await sleep(50);
    process.kill(second, 'SIGKILL');
    assert.equal(await dev.ended, 1);
    assert.match(dev.said.err, /^The API ended by itself twice\. Stopping the rest\.\n$/m);
    await assertNothingLeft(dataDir, ports);
  });

  test('stops everything with a sentence when PostgreSQL is killed', async (context) => {
    const dev = runMain(context, dataDir, ports);
    await dev.started();
    const server = await readPostmasterFile(join(dataDir, 'postgres'));
    assert.ok(server);
    process.kill(server.pid, 'SIGKILL');
    assert.equal(await dev.ended, 1);
    assert.match(dev.said.err, /PostgreSQL ended by itself; its log is .*Stopping the rest\.\n$/);
    await assertNothingLeft(dataDir, ports);
  });

  test('takes everything along when it is killed', async (context) => {
    const dev = runMain(context, dataDir, ports);
    await dev.started();
    dev.child.kill('SIGKILL');
    await dev.ended;
    while ((await processesOn(dataDir)).length > 0 || !(await isPortFree(ports.api))) await sleep(50);
    await assertNothingLeft(dataDir, ports);
  });

  test('says that its port is taken and starts nothing', async (context) => {
    const server = createServer();
    context.after(() => server.close());
    const taken = { ...(await freePorts()), api: await listenNear(server, 0) };
    const { said, ended } = runMain(context, dataDir, taken);
    assert.equal(await ended, 2);
    assert.match(said.err, new RegExp(`^Port ${taken.api} on 127\\.0\\.0\\.1 is taken.*\\n$`));
    assert.equal(said.out, '');
  });

  test('says that its host is no address of this machine', async (context) => {
    const { said, ended } = runMain(context, dataDir, ports, { HOST: '192.0.2.1' });
    assert.equal(await ended, 2);
    assert.match(said.err, /^HOST is 192\.0\.2\.1, where nothing can listen on this machine .*\n$/);
  });

  test('says that its data folder cannot be used', async (context) => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    const { said, ended } = runMain(context, file, ports);
    assert.equal(await ended, 2);
    assert.match(said.err, /^Data cannot be kept in .*file: it is no folder\. .*--data FOLDER\.\n$/);
  });

  test('stops while it starts, saying so at once', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'dev-stopped-'));
    context.after(() => rm(folder, { recursive: true, force: true }));
    const dev = runMain(context, folder, ports);
    while (!existsSync(join(folder, 'identity'))) await sleep(5);
    dev.child.kill('SIGINT');
    assert.equal(await dev.ended, 0, dev.said.err);
    assert.match(dev.said.out, /^Stopping; Ctrl-C again does not wait\.\n/);
    assert.doesNotMatch(dev.said.out, /Started in/);
    await assertNothingLeft(folder, ports);
  });

  test('refuses arguments that it does not know', async () => {
    const { said, ended } = runScript(MAIN, ['--prot', '1']);
    assert.equal(await ended, 2);
    assert.match(said.err, /--prot.*npm run dev -- --help/);
  });
});

suite('npm run dev with a broken spec', () => {
  test('prints its place and starts nothing', async () => {
    await using project = await SampleProject.create('minimal');
    await cp(join(ROOT, 'migrations'), project.path('migrations'), { recursive: true });
    const dataDir = project.path('.data');
    const spec = project.path('specs/pantry/openapi.yaml');
    const text = await readFile(spec, 'utf8');
    assert.match(text, /operationId: restockPantry/);
    await writeFile(spec, text.replace('operationId: restockPantry', 'operationId: 5'));
    const ports = await freePorts();
    const said: string[] = [];
    const exitCode = await runDev({
      root: project.root,
      dataDir,
      host: '127.0.0.1',
      port: ports.api,
      identityPort: ports.identity,
      postgresPort: ports.postgres,
      webPort: ports.web,
      databaseUrl: undefined,
      isReset: false,
      isWatching: false,
      variables: {},
      stopped: new AbortController().signal,
      output: { out: (line) => said.push(line), err: (line) => said.push(line) },
    });
    assert.equal(exitCode, 1);
    assert.match(said[0] ?? '', /^specs\/pantry\/openapi\.yaml:[0-9]+:[0-9]+ [a-z-]+: /);
    assert.equal(said.at(-1), 'Nothing was started: correct the sources and run npm run dev again.');
    await assertNothingLeft(dataDir, ports);
  });
});
