import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OutputOptions } from 'orval';

import type { JsonObject } from '../../contract/contract.ts';
import { headerText } from '../../write/header.ts';
import { MCP_MUTATORS, mutatorName, MUTATORS, type MutatorFile } from '../emit-sdk-mutators.ts';
import { mcpDocument } from './mcp-document.ts';
import { ORVAL_ROOT } from './printed-paths.ts';
import { operationsOf } from './tool-document.ts';

/** The bindings that orval prints, by the file that they stand in. */
const BINDINGS = { vue: 'vue-query', swr: 'swr', svelte: 'svelte-query' } as const;

/** What an MCP tool answers with; the MCP server's text imports it. */
export const MCP_ANSWER = 'sdk/src/mcp/answer.ts';

/**
 * How the printed text imports: whole names, as Node.js asks for them. It keeps to our strict flags.
 */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    allowImportingTsExtensions: true,
    exactOptionalPropertyTypes: true,
  },
} as const;

/**
 * Has orval print the bindings of frameworks, and the MCP server, below `folder`, each file at its path of the project.
 *
 * @throws {Error} when orval cannot read the document.
 */
export async function runOrval(run: {
  readonly document: JsonObject;
  readonly folder: string;
  /** The manifest that names the versions of the frameworks. */
  readonly packageJson: string;
  readonly source: string;
}): Promise<void> {
  const { document, folder, packageJson } = run;
  const { generate, noopReporter, withReporter } = await import('orval');
  const at = (file: string): string => path.join(folder, ...file.split('/'));
  const operations = operationsOf(document);
  for (const file of [MUTATORS, MCP_MUTATORS])
    await writeMutators(
      at(file.path),
      operations.map(({ id }) => id),
    );
  const mutators = (file: MutatorFile): Record<string, { mutator: { path: string; name: string } }> =>
    Object.fromEntries(
      operations.map(({ id }) => [id, { mutator: { path: at(file.path), name: mutatorName(id) } }]),
    );
  const shared = {
    mode: 'single',
    httpClient: 'fetch',
    urlEncodeParameters: true,
    tsconfig: TSCONFIG,
    packageJson,
  } as const;
  const header = (): string[] => [headerText(run.source), 'Printed by orval.'];
  const print = (input: JsonObject, output: OutputOptions): Promise<void> =>
    withReporter({ reporter: noopReporter }, () =>
      generate(
        // The document was checked before it came here; orval's own check takes longer than all of its printing.
        {
          input: { target: structuredClone(input), unsafeDisableValidation: true },
          output: { ...shared, ...output },
        },
        folder,
        { throwOnError: true, logLevel: 'error' },
      ),
    );
  // Orval keeps things in globals: one after the other.
  for (const [entry, client] of Object.entries(BINDINGS)) {
    await print(document, {
      client,
      target: at(`${ORVAL_ROOT}/${entry}.ts`),
      schemas: at(`${ORVAL_ROOT}/models`),
      headers: true,
      override: {
        header,
        operations: mutators(MUTATORS),
        enumGenerationType: 'union',
        fetch: {
          forceSuccessResponse: true,
          includeHttpErrorResponse: hasPlainStatuses(operations.map(({ operation }) => operation)),
          serializeResponseHeaders: true,
        },
        // The runtime retries; a cache's own retries on top would multiply them.
        query: { options: { retry: false } },
        swr: { generateErrorTypes: true, swrOptions: { shouldRetryOnError: false } },
      },
    });
  }
  await print(mcpDocument(document), {
    client: 'mcp',
    target: at(`${ORVAL_ROOT}/mcp/handlers.ts`),
    schemas: at(`${ORVAL_ROOT}/mcp/models`),
    headers: false,
    override: {
      header,
      operations: mutators(MCP_MUTATORS),
      enumGenerationType: 'union',
      fetch: { forceSuccessResponse: true, serializeResponseHeaders: true },
      mcp: { handler: { path: at(MCP_ANSWER), name: 'answer' } },
      // Otherwise the text names a type that it does not print.
      preserveReadonlyRequestBodies: 'preserve',
    },
  });
}

/** What orval reads of the mutators: how many parameters they have, and that they have a type for errors. */
async function writeMutators(file: string, ids: readonly string[]): Promise<void> {
  const lines = ids.map(
    (id) =>
      `export const ${mutatorName(id)} = <T>(url: string, options: object, declared?: unknown): Promise<T> => Promise.reject([url, options, declared]);`,
  );
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, ['export type ErrorType<R> = R;', ...lines, ''].join('\n'));
}

/** Whether no response stands for a range of statuses: those orval cannot tell apart by their status. */
function hasPlainStatuses(operations: readonly JsonObject[]): boolean {
  return operations.every(({ responses }) =>
    Object.keys(typeof responses === 'object' && responses !== null ? responses : {}).every((status) =>
      /^[1-5]\d\d$/.test(status),
    ),
  );
}
