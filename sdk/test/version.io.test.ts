/** The version of the package says what it does to those who use it. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';

import { faultOfVersion, mayBreak } from './compare-contracts.ts';

const SDK = path.join(import.meta.dirname, '..');
const RELEASED = path.join(SDK, 'released', 'openapi.json');
/** A contract to plant changes in. */
const TICKETS = path.join(SDK, '..', 'tests', 'contracts', 'crud', 'generated', 'openapi.json');
const CURRENT = path.join(SDK, '..', 'generated', 'openapi.json');

const folder = await mkdtemp(path.join(tmpdir(), 'versions-'));
after(() => rm(folder, { recursive: true }));

interface Contract {
  info: { version: string };
  paths: Record<string, object>;
  components: { schemas: Record<string, { properties: Record<string, object>; required: string[] }> };
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8');
}

/** The contract of tickets, changed. */
async function changed(name: string, change: (contract: Contract) => void): Promise<string> {
  const contract: Contract = JSON.parse(await readFile(TICKETS, 'utf8'));
  change(contract);
  const file = path.join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(contract));
  return file;
}

suite('the version', () => {
  test('is raised when the contract breaks clients of the last release', async () => {
    assert.equal(await faultOfVersion(RELEASED, CURRENT), undefined);
  });

  test('of the package is that of the contract', async () => {
    const contract: Contract = JSON.parse(await readText(CURRENT));
    const manifest: { version: string } = JSON.parse(await readText(path.join(SDK, 'package.json')));
    assert.equal(manifest.version, contract.info.version);
    assert.match(await readText(path.join(SDK, 'CHANGELOG.md')), /^## (Unreleased|\d)/m);
  });

  test('would be caught not being raised: an operation, a property, a demand', async () => {
    const removed = await changed('removed', ({ paths }) => {
      delete paths['/tickets'];
    });
    assert.match(
      (await faultOfVersion(TICKETS, removed)) ?? '',
      /raise the \w+ .*\n- Path `\/tickets` was removed/,
    );

    const gone = await changed('gone', ({ components: { schemas } }) => {
      delete schemas['Ticket']!.properties['checks'];
    });
    assert.match((await faultOfVersion(TICKETS, gone)) ?? '', /checks/);

    const demanded = await changed('demanded', ({ components: { schemas } }) => {
      schemas['TicketContent']!.required.push('priority');
    });
    assert.match((await faultOfVersion(TICKETS, demanded)) ?? '', /priority|required/);
  });

  test('need not be raised much for what breaks nobody, and may break when it is', async () => {
    const added = await changed('added', ({ components: { schemas } }) => {
      schemas['TicketContent']!.properties['source'] = { type: 'string' };
    });
    assert.equal(await faultOfVersion(TICKETS, added), undefined);
    const raised = await changed('raised', ({ info, paths }) => {
      delete paths['/tickets'];
      info.version = '2.0.0';
    });
    assert.equal(await faultOfVersion(TICKETS, raised), undefined);
    assert.deepEqual(
      [
        mayBreak('0.1.0', '0.1.1'),
        mayBreak('0.1.0', '0.2.0'),
        mayBreak('1.2.0', '1.3.0'),
        mayBreak('1.2.0', '2.0.0'),
      ],
      [false, true, false, true],
    );
  });
});
