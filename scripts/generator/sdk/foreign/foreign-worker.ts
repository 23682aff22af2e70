/**
 * Runs orval and openapi-typescript-codegen in a thread of their own, which keeps them loaded, their messages apart and
 * whatever they do to the process inside. What they write goes to the folder that is given and comes back as text.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parentPort } from 'node:worker_threads';

import { generate as generateSchemas } from 'openapi-typescript-codegen';
import { generate as generateClient } from 'orval';

import type { JsonObject } from '../../contract/contract.ts';
import type { ForeignAnswer, ForeignOrder, ForeignQuestion } from './foreign-question.ts';

// The streams are this thread's own: what the tools print is nobody's business.
process.stdout.write = () => true;
process.stderr.write = () => true;

/** The tools keep things in globals: one question at a time. */
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (order: ForeignOrder) => {
  last = last.then(() => reply(order));
});

async function reply({ question, folder, port }: ForeignOrder): Promise<void> {
  port.postMessage(await answer(question, folder));
  port.close();
}

async function answer({ enumerations, forms }: ForeignQuestion, folder: string): Promise<ForeignAnswer> {
  try {
    const [byOrval, byOtc] = await Promise.all([
      enumerations && attempt('orval', () => runOrval(enumerations, path.join(folder, 'orval'))),
      forms && attempt('openapi-typescript-codegen', () => runOtc(forms, path.join(folder, 'otc'))),
    ]);
    return { ok: true, enumerations: byOrval ?? [], forms: byOtc ?? [] };
  } catch (error) {
    return { ok: false, message: reasonOf(error) };
  }
}

async function attempt<T>(tool: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Error(`${tool} gave no text: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** In split mode, the constants of enumerations stand beside their types. */
async function runOrval(document: JsonObject, folder: string): Promise<readonly string[]> {
  await generateClient(
    {
      // The document is made for the question, and the text is held against the contract: compiling a validator of all
      // of OpenAPI would take longer than the rest.
      input: { target: { ...document }, unsafeDisableValidation: true },
      output: { target: path.join(folder, 'client.ts'), mode: 'split', client: 'fetch' },
    },
    folder,
  );
  return [await readFile(path.join(folder, 'client.schemas.ts'), 'utf8')];
}

/** One file a component: `$Fields_Recipe.ts` exports `$Fields_Recipe`. */
async function runOtc(document: JsonObject, folder: string): Promise<readonly string[]> {
  await generateSchemas({
    input: structuredClone(document),
    output: folder,
    useUnionTypes: true,
    exportSchemas: true,
    exportModels: false,
    exportServices: false,
    exportCore: false,
  });
  const schemas = path.join(folder, 'schemas');
  return Promise.all((await readdir(schemas)).map((file) => readFile(path.join(schemas, file), 'utf8')));
}
