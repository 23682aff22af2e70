import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { ContractRuntime } from '#kernel/contract/contract-runtime.ts';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { OperationTable } from '#kernel/contract/operation.ts';
import type { Authenticator } from '#kernel/contract/ports.ts';
import { isJsonObject, objectAt } from '#kernel/contract/validation/json-document.ts';
import { compileWhenAsked } from '#kernel/contract/validation/compile-checks.ts';
import { deriveShapeSchemas } from '#kernel/contract/validation/shape-schemas.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import { compileContract } from '../../../scripts/generator/contract/compile-contract.ts';
import type { Contract } from '../../../scripts/generator/contract/contract.ts';
import { emitOperations } from '../../../scripts/generator/emit/emit-operations.ts';
import { PROJECT, REDOCLY_CONFIG } from '../../../scripts/generator/testing/check-types.ts';
import { compileCase, corpus } from '../../../scripts/generator/testing/corpus.ts';

const unused = (): never => assert.fail('is not called at start-up');

/** Starts the runtime on what the compiler printed for a module, with handlers and credentials for all that it has. */
async function start(module: Pick<ModuleBinding, 'name' | 'document' | 'operations'>): Promise<void> {
  const schemes = Object.entries(objectAt(objectAt(module.document, 'components'), 'securitySchemes'));
  const authenticators = schemes.map(([name, definition]): [string, Authenticator] => {
    const { type, scheme, in: place, name: key } = isJsonObject(definition) ? definition : {};
    const members = Object.entries({ scheme, in: place, name: key }).filter(
      ([, value]) => value !== undefined,
    );
    return [
      name,
      {
        scheme: { type: String(type), ...Object.fromEntries(members) },
        authenticate: unused,
        missingCredentials: unused,
        insufficientScope: unused,
      },
    ];
  });
  await ContractRuntime.create({
    modules: [
      { ...module, handlers: Object.fromEntries(Object.keys(module.operations).map((id) => [id, unused])) },
    ],
    authenticators: Object.fromEntries(authenticators),
    responseChecks: 'enforce',
    bodyLimitBytes: 1024,
    logger: createLogger({ level: 'silent' }),
    rateLimiter: { take: unused },
    idempotency: { once: unused },
  });
  // A server in development compiles a check when it is first asked for; one in production has all of them.
  const { checks } = compileWhenAsked(module);
  const { document } = deriveShapeSchemas(module.document, module.operations);
  for (const index of document.shapes.keys())
    for (const extent of ['all', 'first'] as const) checks(index, extent);
}

/** Writes what the compiler prints of a contract below a folder of this project, so that its imports lead somewhere, and starts it. */
async function startPrinted(contract: Contract): Promise<void> {
  await mkdir(path.join(PROJECT, '.cache'), { recursive: true });
  const folder = await mkdtemp(path.join(PROJECT, '.cache', 'start-up-'));
  try {
    for (const [index, { text }] of emitOperations(contract).entries()) {
      const file = path.join(folder, `${String(index)}.ts`);
      await writeFile(file, text);
      const printed: Readonly<Record<string, OperationTable>> = await import(pathToFileURL(file).href);
      const { name, document, operationsName } = contract.modules[index] ?? assert.fail();
      await start({ name, document, operations: printed[operationsName] ?? assert.fail(operationsName) });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

suite('everything that generate accepts, starts', () => {
  for (const contract of corpus) {
    test(contract.name, async () => {
      const compiled = await compileCase(contract);
      assert.ok(compiled.ok);
      await startPrinted(compiled.contract);
    });
  }
});

/** A boolean in so many objects. */
function nested(levels: number): string {
  const opening = '{ type: object, additionalProperties: false, properties: { a: ';
  return `${opening.repeat(levels)}{ type: boolean }${' } }'.repeat(levels)}`;
}

/** Schemas of a property that are of no use or of no dialect, and the rule that says so; null: it is accepted, and starts. */
const SCHEMAS: readonly (readonly [schema: string, rule: string | null])[] = [
  [String.raw`{ type: string, maxLength: 9, pattern: '^[a-z\-\:]+$' }`, 'invalid-pattern'],
  ["{ type: string, maxLength: 9, pattern: '^[a-z$' }", 'invalid-pattern'],
  ["{ type: string, maxLength: 9, pattern: '^(?<a>.)(?<a>.)$' }", 'invalid-pattern'],
  [String.raw`{ type: string, maxLength: 9, pattern: '^\p{L}+$' }`, null],
  [String.raw`{ type: string, maxLength: 9, pattern: '^\p{Letters}+$' }`, 'invalid-pattern'],
  ["{ type: string, maxLength: 9, pattern: '' }", 'safe-patterns'],
  [
    "{ type: object, patternProperties: { '[': { type: boolean } }, additionalProperties: false }",
    'invalid-pattern',
  ],
  [
    "{ type: object, propertyNames: { pattern: '(' }, additionalProperties: { type: boolean } }",
    'invalid-pattern',
  ],
  ['{ type: integer, minimum: 0, maximum: 5, exclusiveMinimum: true }', 'unknown-keyword'],
  ['{ type: integer, minimum: 0, maximum: 5, exclusiveMaximum: false }', 'unknown-keyword'],
  ['{ type: number, minimum: 0, maximum: 5, multipleOf: 0 }', 'invalid-schema'],
  ['{ type: number, minimum: 0, maximum: 5, multipleOf: -1 }', 'invalid-schema'],
  ['{ type: number, minimum: 0, maximum: 5, multipleOf: 0.01 }', null],
  ['{ type: number, minimum: .nan, maximum: 5 }', 'yaml-value'],
  ['{ type: string, maxLength: -1 }', 'shape'],
  ['{ type: string, maxLength: 1.5 }', 'shape'],
  ['{ type: string, maxLength: 9, minLength: 10 }', 'ordered-bounds'],
  ['{ type: array, maxItems: 9, items: { type: boolean }, minItems: "1" }', 'shape'],
  ['{ type: array, maxItems: 9, items: [{ type: boolean }] }', 'shape'],
  ['{ type: array, maxItems: 9, items: { type: boolean }, uniqueItems: 1 }', 'shape'],
  ['{ type: array, maxItems: 9, prefixItems: [], items: { type: boolean } }', 'invalid-schema'],
  ['{ type: array, maxItems: 9, items: { type: boolean }, contains: { const: true }, minContains: 0 }', null],
  ['{ type: [] }', 'invalid-schema'],
  ['{ type: [boolean, boolean] }', 'invalid-schema'],
  ['{ type: bool }', 'shape'],
  ['{ type: null }', 'shape'],
  ['{ type: [boolean, "null"] }', null],
  ['{ type: string, enum: [] }', 'invalid-schema'],
  ['{ type: string, enum: a }', 'shape'],
  ['{ type: string, enum: [a, a] }', 'no-duplicated-enum-values'],
  ['{ allOf: [] }', 'invalid-schema'],
  ['{ oneOf: [] }', 'invalid-schema'],
  ['{ anyOf: [{ type: boolean }, 5] }', 'shape'],
  [
    '{ type: object, additionalProperties: false, properties: { a: { type: boolean } }, required: [a, a] }',
    'invalid-schema',
  ],
  [
    '{ type: object, additionalProperties: false, properties: { a: { type: boolean } }, required: true }',
    'shape',
  ],
  [
    '{ type: object, additionalProperties: false, properties: { a: { type: boolean } }, dependentRequired: { a: [a, a] } }',
    'invalid-schema',
  ],
  ['{ type: object, additionalProperties: false, properties: [a] }', 'shape'],
  ['{ type: object, additionalProperties: false, properties: { a: null } }', 'shape'],
  ['{ type: object, additionalProperties: null }', 'shape'],
  ['{ type: object, additionalProperties: false, minProperties: -1 }', 'shape'],
  ['{ type: string, maxLength: 9, format: no-such-format }', null],
  ['{ type: string, maxLength: 9, format: 5 }', 'shape'],
  ['{ type: string, maxLength: 9, contentEncoding: base64 }', null],
  [nested(60), null],
  [nested(90), null],
  [nested(120), 'yaml-size'],
  ['{ type: boolean, $id: "https://example.org/a" }', 'unsupported-keyword'],
  ['{ type: boolean, $anchor: "a b" }', 'invalid-schema'],
  ['{ type: boolean, $schema: "http://json-schema.org/draft-04/schema#" }', 'unsupported-keyword'],
  ['{ type: boolean, $defs: { a: { type: bool } } }', 'shape'],
  ['{ type: boolean, not: { type: [] } }', 'invalid-schema'],
  ['{ type: boolean, if: { multipleOf: 0 } }', 'invalid-schema'],
];

const HEAD = `openapi: 3.1.1
info: { title: Jars, version: 1.0.0, license: { name: MIT, identifier: MIT } }
servers: [{ url: /, description: The server that this document came from. }]
security: [{ bearerAuth: [] }]
tags: [{ name: Jars, description: Jars. }]
paths:
  /jars:
    get:
      operationId: getJar
      tags: [Jars]
      summary: Get the jar
      responses:
        '200': { description: The jar., content: { application/json: { schema: { $ref: '#/components/schemas/Jar' } } } }
components:
  securitySchemes:
    bearerAuth: { $ref: ../common/components.yaml#/components/securitySchemes/bearerAuth }
  schemas:
    Jar:
      type: object
      properties:
`;

suite('a schema is refused at its line, or the server starts with it', () => {
  for (const [schema, rule] of SCHEMAS) {
    test(schema.slice(0, 200), async () => {
      const root = await mkdtemp(path.join(os.tmpdir(), 'start-up-'));
      try {
        await cp(path.join(PROJECT, 'scripts/generator/testdata/rejected-base'), root, { recursive: true });
        const file = path.join(root, 'specs/ticket/openapi.yaml');
        await writeFile(file, `${HEAD}        a: ${schema}\n`);
        const compiled = await compileContract({ root, redoclyConfig: REDOCLY_CONFIG });
        if (rule === null) {
          assert.ok(compiled.ok, compiled.ok ? '' : JSON.stringify(compiled.diagnostics));
          await startPrinted(compiled.contract);
          return;
        }
        const found = compiled.ok ? [] : compiled.diagnostics;
        const line = HEAD.split('\n').length;
        assert.deepEqual(
          found
            .map(({ rule: name, at }) => `${name} ${String(at.line)}`)
            .filter((each) => each === `${rule} ${String(line)}`),
          [`${rule} ${String(line)}`],
          JSON.stringify(found),
        );
      } finally {
        await rm(root, { recursive: true });
      }
    });
  }
});
