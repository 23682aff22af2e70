import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { recordOutput } from '../generate/testing/sample-project.ts';
import { main } from './main.ts';
import { planModule } from './plan/plan-module.ts';
import { planOperation } from './plan/plan-operation.ts';
import { SampleProject } from './testing/sample-project.ts';

suite('npm run new', () => {
  test('--dry-run lists what it would write, and writes nothing', async () => {
    using project = new SampleProject();
    const before = project.snapshot();
    const output = recordOutput();
    assert.equal(await main(['module', 'jar', '--dry-run'], project.root, output), 0);
    const paths = output.said.map(
      (line) => /^would (?:create|change) {2}(\S+) {2}\d+ lines?(?: more)?$/.exec(line)?.[1],
    );
    assert.deepEqual(
      paths,
      (await planModule(project.root, { module: 'jar' })).map(({ path }) => path),
    );
    assert.ok(paths.includes('src/modules/jar/domain/jar.ts') && paths.includes('src/app.ts'));
    assert.deepEqual(project.snapshot(), before);
  });

  test('takes back all that it wrote when what is there does not generate', async () => {
    using project = new SampleProject();
    const spec = project.path('specs/ticket/openapi.yaml');
    writeFileSync(spec, readFileSync(spec, 'utf8').replace('maxLength: 200', 'maxLenght: 200'));
    const before = project.snapshot();
    const output = recordOutput();
    assert.equal(await main(['operation', 'ticket', 'sealTicket'], project.root, output), 1);
    assert.match(output.complained.join('\n'), /maxLenght.*\n[^]*What was written has been taken back/);
    assert.deepEqual(project.snapshot(), before);
  });

  test('leaves no name of the template in what it writes', async () => {
    using project = new SampleProject();
    for (const request of [{ module: 'jar' }, { module: 'cold-room', resource: 'egg-box' }]) {
      for (const { path, text } of await planModule(project.root, request)) {
        assert.doesNotMatch(`${path}\n${text}`, /stored?[-_ ]?(?:thing|room)/i, path);
      }
    }
  });

  const operations: readonly (readonly [id: string, flags: object, place: string])[] = [
    ['getNote', {}, 'get /notes/{noteId}'],
    ['listNotes', {}, 'get /notes'],
    ['createNote', {}, 'post /notes'],
    ['replaceNote', {}, 'put /notes/{noteId}'],
    ['updateNote', {}, 'patch /notes/{noteId}'],
    ['deleteNote', {}, 'delete /notes/{noteId}'],
    ['sealTicket', {}, 'post /tickets/{ticketId}/seal'],
    ['sealEverything', {}, 'post /seal-everything'],
    ['readTicketNote', { method: 'get', path: '/tickets/{ticketId}/note' }, 'get /tickets/{ticketId}/note'],
  ];
  for (const [operationId, flags, place] of operations) {
    test(`${operationId} is ${place}`, async () => {
      using project = new SampleProject();
      const [spec, handlers] = await planOperation(project.root, { module: 'ticket', operationId, ...flags });
      const [method, path = ''] = place.split(' ');
      const added = spec?.text.slice(spec.text.indexOf(`\n  ${path}:\n`));
      assert.match(added ?? '', new RegExp(`\\n    ${method}:\\n      operationId: ${operationId}\\n`));
      assert.match(
        handlers?.text ?? '',
        new RegExp(`${operationId}\\(\\) \\{\\n    throw new NotImplementedError`),
      );
      // What was there stays, line for line.
      const lines = new Set(spec?.text.split('\n'));
      for (const line of spec?.before?.split('\n') ?? []) assert.ok(lines.has(line), line);
    });
  }
});
