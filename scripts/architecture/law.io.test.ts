import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { applyLaw, type LawReport } from './apply-law.ts';
import { law } from './law.mjs';
import { visitUsingDeclarations } from './visit-using.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** A tree that keeps the law: each file and what it imports. */
const LAWFUL: Readonly<Record<string, string>> = {
  'src/kernel/domain/ids.ts': `export type Id = string;`,
  'src/kernel/http/problems/problem.ts': `export type Problem = string;`,
  'src/kernel/contract/context.ts': `import type { Problem } from '#kernel/http/problems/problem.ts'; export type Context = Problem;`,
  'src/kernel/auth/token.ts': `import type { Context } from '#kernel/contract/context.ts'; export type Token = Context;`,
  'src/kernel/database/database.ts': `import pg from 'pg'; export const pool = pg;`,
  'src/kernel/config/config.ts': `export const config = 1;`,
  'generated/ticket/handlers.ts': `import type { Context } from '#kernel/contract/context.ts'; export type H = Context;`,
  'generated/ticket/queries/tickets.ts': `import { pool } from '#kernel/database/database.ts'; export const find = pool;`,
  'generated/pantry/queries/items.ts': `export const find = 1;`,
  'src/modules/ticket/domain/ticket.ts': `import type { Id } from '#kernel/domain/ids.ts'; export type R = Id;`,
  'src/modules/ticket/application/get.ts': `import type { R } from '../domain/ticket.ts'; export type G = R;`,
  'src/modules/ticket/infra/repository.ts': `import { find } from '#generated/ticket/queries/tickets.ts'; import { pool } from '#kernel/database/database.ts'; export const r = [find, pool];`,
  'src/modules/ticket/transport/handlers.ts': `import type { H } from '#generated/ticket/handlers.ts'; import type { G } from '../application/get.ts'; export type T = [H, G];`,
  'src/modules/ticket/index.ts': `export type { G } from './application/get.ts';`,
  'src/modules/ticket/module.ts': `import type { T } from './transport/handlers.ts'; import { r } from './infra/repository.ts'; export type M = T; export const m = r;`,
  'src/modules/pantry/index.ts': `export type { Item } from './application/item.ts';`,
  'src/modules/pantry/application/item.ts': `export type Item = string;`,
  'src/modules/pantry/infra/tickets-gateway.ts': `import type { G } from '#modules/ticket/index.ts'; export type Gateway = G;`,
  'tests/kit/app.ts': `export const app = 1;`,
  'src/kernel/app/contract-app.ts': `import express from 'express'; export const serve = express;`,
  'src/app.ts': `import { serve } from '#kernel/app/contract-app.ts'; import { m } from './modules/ticket/module.ts'; export const app = [serve, m];`,
  'scripts/diagnostics/diagnostic.ts': `export type Diagnostic = string;`,
  'scripts/sql/text.ts': `import type { Diagnostic } from '../diagnostics/diagnostic.ts'; export type Text = Diagnostic;`,
  'scripts/generator/emit/emit.ts': `import type { Diagnostic } from '../../diagnostics/diagnostic.ts'; export type E = Diagnostic;`,
  'scripts/tool/using.ts': `await using handle = (await import('./main.ts')).main; export const used = handle;`,
  'scripts/tool/main.ts': `import { config } from '#kernel/config/config.ts'; export const main = config;`,
};

/** Rule to the file that breaks it, with the offending import. Several rules may see the same file. */
const PLANTED: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'domain-is-pure': [
    'src/modules/ticket/domain/p1.ts',
    `import type { G } from '../application/get.ts'; export type P = G;`,
  ],
  'domain-needs-no-package': [
    'src/modules/ticket/domain/p2.ts',
    `import { readFileSync } from 'node:fs'; export const p = readFileSync;`,
  ],
  'application-orchestrates': [
    'src/modules/ticket/application/p3.ts',
    `import { r } from '../infra/repository.ts'; export const p = r;`,
  ],
  'infra-implements-ports': [
    'src/modules/ticket/infra/p4.ts',
    `import { find } from '#generated/pantry/queries/items.ts'; export const p = find;`,
  ],
  'transport-speaks-the-contract': [
    'src/modules/ticket/transport/p5.ts',
    `import { find } from '#generated/ticket/queries/tickets.ts'; export const p = find;`,
  ],
  'front-door-is-types': ['src/modules/leaky/index.ts', `export { r } from '../ticket/infra/repository.ts';`],
  'module-composes-itself': [
    'src/modules/leaky/module.ts',
    `import type { Item } from '#modules/pantry/application/item.ts'; export type P = Item;`,
  ],
  'kernel-knows-no-module': [
    'src/kernel/auth/p6.ts',
    `import type { G } from '#modules/ticket/index.ts'; export type P = G;`,
  ],
  'kernel-domain-is-pure': [
    'src/kernel/domain/p7.ts',
    `import type { Token } from '#kernel/auth/token.ts'; export type P = Token;`,
  ],
  'generated-knows-the-kernel-only': [
    'generated/ticket/p8.ts',
    `import type { Id } from '#kernel/domain/ids.ts'; export type P = Id;`,
  ],
  'queries-run-on-the-database': [
    'generated/ticket/queries/p11.ts',
    `import type { H } from '../handlers.ts'; export type P = H;`,
  ],
  'pgtyped-in-the-database-kernel': [
    'generated/ticket/queries/p12.ts',
    `import { PreparedQuery } from '@pgtyped/runtime'; export const p = PreparedQuery;`,
  ],
  'sdk-stands-alone': [
    'sdk/src/p9.ts',
    `import type { H } from '#generated/ticket/handlers.ts'; export type P = H;`,
  ],
  'scripts-use-the-kernel': [
    'scripts/tool/p10.ts',
    `import type { Token } from '#kernel/auth/token.ts'; export type P = Token;`,
  ],
  'diagnostics-are-the-ground-floor': [
    'scripts/diagnostics/p22.ts',
    `import type { Text } from '../sql/text.ts'; export type P = Text;`,
  ],
  'generator-serves-any-project': [
    'scripts/generator/emit/p23.ts',
    `import { config } from '#kernel/config/config.ts'; export const p = config;`,
  ],
  'tests-stay-tests': [
    'src/modules/ticket/infra/p11.ts',
    `import { app } from '#tests/kit/app.ts'; export const p = app;`,
  ],
  'unit-tests-do-no-io': [
    'src/modules/ticket/domain/p21.test.ts',
    `import { readFileSync } from 'node:fs'; export const p = readFileSync;`,
  ],
  'express-at-the-edge': [
    'src/modules/ticket/transport/p12.ts',
    `import type { Request } from 'express'; export type P = Request;`,
  ],
  'validator-in-the-referee': [
    'src/kernel/auth/p13.ts',
    `import * as eov from 'express-openapi-validator'; export const p = eov;`,
  ],
  'pg-in-the-database-kernel': [
    'src/modules/ticket/infra/p14.ts',
    `import pg from 'pg'; export const p = pg;`,
  ],
  'jose-in-the-auth-kernel': [
    'src/kernel/contract/p15.ts',
    `import { jwtVerify } from 'jose'; export const p = jwtVerify;`,
  ],
  'metrics-in-the-operational-kernel': [
    'src/kernel/auth/p20.ts',
    `import { Counter } from 'prom-client'; export const p = Counter;`,
  ],
  'zod-in-the-config-kernel': ['src/kernel/contract/p22.ts', `import { z } from 'zod'; export const p = z;`],
  'no-cycles': ['src/kernel/auth/p16.ts', `import { b } from './p16b.ts'; export const a = () => b;`],
  // Neither file needs the other: the folders do, by what is in them, and by a type.
  'no-folder-circles': [
    'src/kernel/http/server/p21.ts',
    `import type { Context } from '#kernel/contract/context.ts'; export type P = Context;`,
  ],
  resolvable: ['src/kernel/auth/p17.ts', `import { gone } from './gone.ts'; export const p = gone;`],
  'declared-packages': [
    'src/kernel/auth/p18.ts',
    `import { lookup } from 'mime-types'; export const p = lookup;`,
  ],
  'production-packages': ['src/kernel/auth/p19.ts', `import { parse } from 'yaml'; export const p = parse;`],
};

suite('the dependency law', () => {
  let lawful: LawReport;
  let planted: LawReport;
  const trees: string[] = [];

  before(async () => {
    lawful = await applyLaw(plant(LAWFUL), ['src', 'scripts', 'generated', 'tests']);
    const violations = Object.fromEntries(Object.values(PLANTED));
    const other = { 'src/kernel/auth/p16b.ts': `import { a } from './p16.ts'; export const b = () => a;` };
    planted = await applyLaw(plant({ ...LAWFUL, ...violations, ...other }), [
      'src',
      'scripts',
      'generated',
      'tests',
      'sdk',
    ]);
  });
  after(() => trees.forEach((tree) => rmSync(tree, { recursive: true })));

  function plant(files: Readonly<Record<string, string>>): string {
    const tree = mkdtempSync(join(tmpdir(), 'law-'));
    trees.push(tree);
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    writeFileSync(join(tree, 'package.json'), readFileSync(join(ROOT, 'package.json')));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    return tree;
  }

  test('is kept by a tree that follows the architecture, every file of which is read', () => {
    assert.deepEqual(lawful.violations, []);
    const ours = lawful.files.filter((file) => file in LAWFUL);
    assert.deepEqual(ours.toSorted(), Object.keys(LAWFUL).toSorted());
  });

  test('has a planted violation for each of its rules', () => {
    assert.deepEqual(
      Object.keys(PLANTED).toSorted(),
      [...law.forbidden, law.acyclicFolders].map((rule) => rule.name).toSorted(),
    );
  });

  for (const [rule, [file]] of Object.entries(PLANTED)) {
    test(`catches a violation of ${rule}`, () => {
      const rules = planted.violations
        .filter((violation) => violation.from === file)
        .map((found) => found.rule);
      assert.ok(rules.includes(rule), `${file} breaks ${rule}, found: ${rules.join(', ') || 'nothing'}`);
    });
  }

  test('sees a circle of folders below scripts as it does in the kernel', () => {
    const circle = planted.violations.filter(
      ({ rule, from }) => rule === 'no-folder-circles' && from.startsWith('scripts/'),
    );
    assert.deepEqual(circle.map(({ from, to }) => `${from} ${to}`).toSorted(), [
      'scripts/diagnostics/p22.ts scripts/sql/text.ts',
      'scripts/sql/text.ts scripts/diagnostics/diagnostic.ts',
    ]);
  });

  test('blames no lawful file in the planted tree', () => {
    // Of a circle each half is to blame: the import that was there before and the planted one.
    const blamed = planted.violations.filter(
      ({ from, rule }) => from in LAWFUL && rule !== law.acyclicFolders.name,
    );
    assert.deepEqual(blamed, []);
  });

  test('is not applied by a swc whose visitor is another', () => {
    const empty = Object.create(null);
    assert.throws(
      () => visitUsingDeclarations({ prototype: empty }),
      /visitor of @swc\/core has no visitStatement .* change scripts\/architecture\/visit-using\.ts/,
    );
  });
});
