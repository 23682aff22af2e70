/**
 * Parts of public documents, served and read twice: what this runtime and express-openapi-validator make of the same requests, valid and not,
 * differs in nothing but the intended differences.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { after, before, mock, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { sample } from 'fast-check';

import { createContractApp } from '#kernel/app/contract-app.ts';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import type { JudgedRequest } from '#kernel/contract/ports.ts';
import {
  arrayAt,
  isJsonObject,
  objectAt,
  type JsonObject,
} from '#kernel/contract/validation/json-document.ts';
import { DomainError } from '#kernel/domain/domain-error.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import { createReferee, DisagreementError } from '#kernel/referee/referee.ts';
import { compileDocument } from '../scripts/generator/contract/compile-contract.ts';
import type { ContractModule } from '../scripts/generator/contract/contract.ts';
import { operationData } from '../scripts/generator/emit/emit-operations.ts';
import { FuzzContract } from './fuzz/fuzz-contract.ts';
import { describeMessage, toMessage } from './fuzz/message.ts';
import { requestArbitrary } from './fuzz/request-arbitrary.ts';
import { sendMessage } from './fuzz/send-message.ts';
import { serveTestApp, testDefaults } from './kit/app.ts';
import { createFakeAuthenticators } from './kit/fake-authenticators.ts';

const CORPUS = resolve(import.meta.dirname, '../../shared/corpus');
const FOLDERS = ['openapi', 'openapi-more'].map((name) => join(CORPUS, name));
const isAbsent =
  !FOLDERS.every((folder) => existsSync(folder)) && 'the public documents are not on this machine';
const documents = isAbsent === false ? (await Promise.all(FOLDERS.map(listDocuments))).flat() : [];

/** Of each document so many operations with parameters or a body, from all over it; and requests to each. */
const OPERATIONS = 8;
const REQUESTS = 16;
const SEED = 20_261;
const LIMIT_BYTES = 64 * 1024;

async function listDocuments(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /\.(?:ya?ml|json)$/.test(name)).map((name) => join(folder, name));
}

class Reached extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'reached';
}

/** A document with some of its operations, as a module; anyone may call them. */
function partOf(module: ContractModule): ModuleBinding {
  const all = module.operations.filter(({ parameters, body }) => parameters.length > 0 || body !== null);
  const step = Math.max(1, Math.floor(all.length / OPERATIONS));
  const chosen = all.filter((_, index) => index % step === 0).slice(0, OPERATIONS);
  const operations = chosen.map((operation): readonly [string, Operation] => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- emitted, it is compiled against this type
    const data = operationData(operation) as unknown as Operation;
    return [operation.id, { ...data, security: [], extensions: {}, deprecated: false }];
  });
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [, { path, method }] of operations) {
    const item = objectAt(objectAt(module.document, 'paths'), path);
    const { security: _, ...operation } = objectAt(item, method);
    paths[path] = { parameters: arrayAt(item, 'parameters'), ...paths[path], [method]: operation };
  }
  const document = withComponents(
    { openapi: '3.1.0', info: { title: module.name, version: '1' }, paths },
    module.document,
  );
  const handlers = Object.fromEntries(
    operations.map(([id]) => [id, () => Promise.reject(new Reached('Reached.'))]),
  );
  return { name: module.name, document, operations: Object.fromEntries(operations), handlers };
}

/** A document with the components of another one that it refers to. */
function withComponents(part: JsonObject, whole: JsonObject): JsonObject {
  const components: Record<string, Record<string, unknown>> = {};
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isJsonObject(node)) return;
    const [, kind, name] = /^#\/components\/(\w+)\/([^/]+)/.exec(String(node['$ref'])) ?? [];
    if (kind !== undefined && name !== undefined && components[kind]?.[name] === undefined) {
      const component = objectAt(objectAt(whole, 'components'), kind)[name];
      components[kind] = { ...components[kind], [name]: component };
      visit(component);
    }
    Object.values(node).forEach(visit);
  };
  visit(part);
  return { ...part, components };
}

suite('public documents under the referee', { skip: isAbsent }, () => {
  // express-openapi-validator says of each format that it does not know that it is one, once a schema.
  before(() => mock.method(console, 'warn', () => {}));
  after(() => mock.restoreAll());

  for (const file of documents) {
    test(`${parse(file).base} is read as express-openapi-validator reads it`, async () => {
      const compiled = await compileDocument({
        file: parse(file).base,
        text: await readFile(file, 'utf8'),
        moduleName: parse(file).name,
      });
      assert.ok(compiled.ok);
      const [module] = compiled.contract.modules;
      assert.ok(module);
      const binding = partOf(module);
      const disagreements: string[] = [];
      const judged = { accepted: 0, refused: 0 };
      const strict = createReferee({
        mode: 'enforce',
        logger: createLogger({ level: 'silent' }),
        limitBytes: LIMIT_BYTES,
      });
      const referee = {
        judge: async (request: JudgedRequest): Promise<void> => {
          judged[request.refusal === undefined ? 'accepted' : 'refused'] += 1;
          try {
            await strict.judge(request);
          } catch (error) {
            if (!(error instanceof DisagreementError)) throw error;
            disagreements.push(error.message);
          }
        },
      };
      const folder = await mkdtemp(join(tmpdir(), 'public-documents-'));
      for (const name of ['openapi.json', 'openapi.yaml'])
        await writeFile(join(folder, name), JSON.stringify(binding.document));
      await using app = await serveTestApp(
        await createContractApp({
          ...testDefaults(),
          responseChecks: 'off',
          bodyLimitBytes: LIMIT_BYTES,
          referee,
          authenticators: createFakeAuthenticators(),
          database: { ping: () => Promise.resolve() },
          documents: pathToFileURL(`${folder}/`),
          modules: [binding],
        }),
      );
      await rm(folder, { recursive: true });
      const contract = new FuzzContract(binding);
      const agent = new Agent({ keepAlive: true });
      for (const described of contract.operations) {
        for (const fuzz of sample(requestArbitrary(contract, described), { seed: SEED, numRuns: REQUESTS })) {
          // Where a contract takes any media type, the validator takes a Content-Type that is none, too (RFC 9110 section 8.3.1).
          const takesAny = described.bodies.some(({ mediaType }) => mediaType === '*/*');
          if (takesAny && fuzz.contentType !== undefined) continue;
          const message = toMessage(contract, fuzz, { good: 'ann', other: 'bob', bad: 'bad' }, undefined);
          const { status } = await sendMessage(app.origin, agent, message);
          const told = disagreements.splice(0).join('\n');
          assert.equal(told, '', `${told}\n${describeMessage(message)}`);
          assert.ok(status < 500, `${String(status)}: ${describeMessage(message)}`);
        }
      }
      agent.destroy();
      assert.ok(judged.accepted > 10 && judged.refused > 10, JSON.stringify(judged));
    });
  }
});
