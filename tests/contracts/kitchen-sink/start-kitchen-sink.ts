import contract from './generated/kitchen/contract.json' with { type: 'json' };
import type { KitchenHandlers } from './generated/kitchen/handlers.ts';
import { kitchenOperations } from './generated/kitchen/operations.ts';
import { createContractApp, type ContractAppOptions } from '#kernel/app/contract-app.ts';
import { serveTestApp, testDefaults, type TestApp } from '../../kit/app.ts';
import { createFakeAuthenticators } from '../../kit/fake-authenticators.ts';
import { kitchenHandlers } from './handlers.ts';
import { bindModule, type ModuleBinding } from '#kernel/contract/module-binding.ts';

const EXPECTED = new URL('./generated/', import.meta.url);

/** The kitchen sink's contract with its handlers, any of them replaced. */
export function bindKitchenSink(handlers: Partial<KitchenHandlers> = {}): ModuleBinding {
  return bindModule<KitchenHandlers>({
    name: 'kitchen',
    document: contract,
    operations: kitchenOperations,
    handlers: { ...kitchenHandlers, ...handlers },
  });
}

/** Serves the kitchen sink as it was generated, with any of its handlers replaced. */
export async function startKitchenSink(
  options: Partial<ContractAppOptions> & { readonly handlers?: Partial<KitchenHandlers> } = {},
): Promise<TestApp> {
  const { handlers, ...rest } = options;
  const binding = bindKitchenSink(handlers);
  return serveTestApp(
    await createContractApp({
      ...testDefaults(),
      bodyLimitBytes: 64 * 1024,
      authenticators: createFakeAuthenticators(),
      database: { ping: () => Promise.resolve() },
      documents: EXPECTED,
      modules: [binding],
      ...rest,
    }),
  );
}
