import { runInThisContext } from 'node:vm';

import type { ModuleBinding } from '../../../src/kernel/contract/module-binding.ts';
import type { Operation } from '../../../src/kernel/contract/operation.ts';
import { compileTest } from '../../../scripts/generator/testing/compile-test.ts';
import { operationData } from '../../../scripts/generator/emit/emit-operations.ts';
import type { JsonObject } from '../../../scripts/generator/contract/contract.ts';
import { partsOf } from '../../../scripts/generator/print/code.ts';
import { descriptorText } from '../../../scripts/generator/sdk/descriptor.ts';
import type { OperationDescriptor } from '../../src/runtime/descriptor.ts';
import * as wire from '../../src/runtime/wire.ts';

/** What the generator makes of a document for both sides, without files: the server's tables and the SDK's descriptors. */
export interface CompiledModule {
  readonly binding: ModuleBinding;
  readonly descriptors: ReadonlyMap<string, OperationDescriptor>;
  /** The document that the SDK's Zod schemas and forms are made from. */
  readonly joined: JsonObject;
}

/**
 * Compiles a document from what stands below `info` in it.
 *
 * @throws {Error} with the findings when it is refused.
 */
export async function compileModule(body: string): Promise<CompiledModule> {
  const { contract, refused } = await compileTest(body);
  const [module] = contract?.modules ?? [];
  if (module === undefined) throw new Error(`refused: ${refused.join(', ')}`);
  const operations: Record<string, Operation> = {};
  const descriptors = new Map<string, OperationDescriptor>();
  const paths = module.operations.map(({ path }) => path);
  for (const operation of module.operations) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- emitted, it is compiled against this type
    operations[operation.id] = operationData(operation) as unknown as Operation;
    const text = partsOf(descriptorText(operation, module, undefined, paths))
      .map((part) => (part.kind === 'text' ? part.text : ''))
      .join('');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text of generated code
    const make = runInThisContext(`($wire) => (${text})`) as (names: typeof wire) => OperationDescriptor;
    descriptors.set(operation.id, make(wire));
  }
  const handlers = Object.fromEntries(Object.keys(operations).map((id) => [id, () => Promise.resolve()]));
  return {
    binding: { name: module.name, document: module.document, operations, handlers },
    descriptors,
    joined: module.document,
  };
}
