import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';

import { formatDiagnostic } from '../../diagnostics/sort-diagnostics.ts';
import { loadSpecs } from './load-specs.ts';
import type { LoadedSpecs } from './load-specs.ts';

async function load(files: Readonly<Record<string, string>>): Promise<LoadedSpecs> {
  const root = await mkdtemp(join(tmpdir(), 'chompardo-load-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    return loadSpecs(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

test('each folder but common is a module, sorted by name', async () => {
  const { specs, diagnostics } = await load({
    'specs/openapi.yaml': 'a: 1',
    'specs/ticket/openapi.yaml': 'a: 1',
    'specs/meal-plan/openapi.yaml': 'a: 1',
    'specs/common/nested/components.yaml': 'a: 1',
    'specs/ticket/notes.txt': 'not a spec',
  });
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    specs.modules.map(({ name }) => name),
    ['meal-plan', 'ticket'],
  );
  assert.equal(specs.root?.file, 'specs/openapi.yaml');
  assert.deepEqual(
    [...specs.documents.values()].map(({ home }) => home),
    ['common', 'meal-plan', '', 'ticket'],
  );
});

test('a project without specs is told to write the root document', async () => {
  const { diagnostics } = await load({});
  assert.deepEqual(
    diagnostics.map(({ rule, at }) => `${at.file} ${rule}`),
    ['specs/openapi.yaml root-document'],
  );
});

test('a folder that cannot name a module and one without a contract are told', async () => {
  const { diagnostics } = await load({
    'specs/openapi.yaml': 'a: 1',
    'specs/Meal_Plan/openapi.yaml': 'a: 1',
    'specs/shared/components.yaml': 'a: 1',
    'specs/queries/openapi.yaml': 'a: 1',
  });
  assert.deepEqual(diagnostics.map(({ rule, at }) => `${at.file} ${rule}`).toSorted(), [
    'specs/Meal_Plan/openapi.yaml module-name',
    'specs/queries/openapi.yaml module-name',
    'specs/shared/components.yaml module-document',
  ]);
});

/** Loads a project of one module after something was done to its folder; gives `file:line:column rule: message`. */
async function findingsAfter(spoil: (folder: string) => Promise<void>): Promise<readonly string[]> {
  const root = await mkdtemp(join(tmpdir(), 'chompardo-load-'));
  try {
    await mkdir(join(root, 'specs/ticket'), { recursive: true });
    await writeFile(join(root, 'specs/openapi.yaml'), 'a: 1');
    await writeFile(join(root, 'specs/ticket/openapi.yaml'), 'a: 1');
    await spoil(join(root, 'specs'));
    return loadSpecs(root).diagnostics.map(formatDiagnostic);
  } finally {
    await rm(root, { recursive: true });
  }
}

suite('what cannot be a spec is told, never passed over', () => {
  const link = 'spec-file: a link is not followed; put the file or folder itself here';
  const cases: readonly (readonly [string, (specs: string) => Promise<void>, readonly string[]])[] = [
    [
      'a folder with the name of a contract',
      async (specs) => {
        await rm(join(specs, 'ticket/openapi.yaml'));
        await mkdir(join(specs, 'ticket/openapi.yaml'));
      },
      ['specs/ticket/openapi.yaml:1:1 spec-file: only a file can have the name of a spec; rename this'],
    ],
    [
      'a link in place of a contract',
      async (specs) => {
        await rename(join(specs, 'ticket/openapi.yaml'), join(specs, 'elsewhere.txt'));
        await symlink('../elsewhere.txt', join(specs, 'ticket/openapi.yaml'));
      },
      [`specs/ticket/openapi.yaml:1:1 ${link}`],
    ],
    [
      'links to a folder, in a circle and to nothing',
      async (specs) => {
        await symlink('ticket', join(specs, 'meal-plan'));
        await symlink('.', join(specs, 'ticket/again'));
        await symlink('nowhere.yaml', join(specs, 'ticket/gone.yaml'));
      },
      [`specs/meal-plan:1:1 ${link}`, `specs/ticket/again:1:1 ${link}`, `specs/ticket/gone.yaml:1:1 ${link}`],
    ],
    [
      'text that is not UTF-8',
      (specs) => writeFile(join(specs, 'ticket/openapi.yaml'), Buffer.from('a: 1\nb: caf\u00e9', 'latin1')),
      ['specs/ticket/openapi.yaml:2:7 spec-file: the text is not UTF-8 from here on; save the file as UTF-8'],
    ],
    [
      'a file too large to be a contract',
      (specs) => writeFile(join(specs, 'ticket/openapi.yaml'), `a: 1\n${'# more\n'.repeat(600_000)}`),
      ['specs/ticket/openapi.yaml:1:1 spec-file: the file is larger than 4 MiB; divide it into modules'],
    ],
    [
      'files that nothing would come of',
      async (specs) => {
        await mkdir(join(specs, 'common'));
        await writeFile(join(specs, 'common/components.yaml'), 'a: 1\npaths: {}');
        await writeFile(join(specs, 'ticket/more.yaml'), 'a: 1');
        await writeFile(join(specs, 'stray.json'), '{}');
      },
      [
        'specs/common/components.yaml:2:1 module-document: paths of specs/common are not served; move them to the contract of a module',
        "specs/stray.json:1:1 module-document: only specs/openapi.yaml is read here; move this to a module's folder",
        'specs/ticket/more.yaml:1:1 module-document: a module is one file, specs/ticket/openapi.yaml; move this there, or to specs/common',
      ],
    ],
  ];
  for (const [name, spoil, expected] of cases) {
    test(name, async () => assert.deepEqual(await findingsAfter(spoil), expected));
  }

  test(
    'a file that may not be read',
    { skip: process.getuid?.() === 0 && 'root may read every file' },
    async () => {
      const findings = await findingsAfter((specs) => chmod(join(specs, 'ticket/openapi.yaml'), 0));
      assert.match(findings.join(), /^specs\/ticket\/openapi\.yaml:1:1 spec-file: .*\(EACCES\)/);
    },
  );
});

test('a byte order mark and line ends of Windows are read, files of editors are not', async () => {
  const found = await findingsAfter(async (specs) => {
    await writeFile(join(specs, 'ticket/openapi.yaml'), '\uFEFFa: 1\r\nb: [1,\r\n  2]\r\n');
    await writeFile(join(specs, 'ticket/._openapi.yaml'), Buffer.from([0, 5, 22, 7]));
    await symlink('somebody@somewhere.1', join(specs, 'ticket/.#openapi.yaml'));
  });
  assert.deepEqual(found, []);
});

test('a broken file is told with its place, and the others are loaded', async () => {
  const { specs, diagnostics } = await load({
    'specs/openapi.yaml': 'a: 1',
    'specs/ticket/openapi.yaml': 'a: 1\n  b: 2',
  });
  assert.deepEqual(
    diagnostics.map(({ rule, at }) => `${rule} ${at.file}:${at.line}:${at.column}`),
    ['yaml-syntax specs/ticket/openapi.yaml:1:4'],
  );
  assert.deepEqual([...specs.brokenFiles], ['specs/ticket/openapi.yaml']);
  assert.equal(specs.documents.size, 1);
});
