import { bindModule, type ModuleBinding } from '#kernel/contract/module-binding.ts';
import { createContractApp, type ContractAppOptions } from '#kernel/app/contract-app.ts';
import { serveTestApp, testDefaults, type TestApp } from '#tests/kit/app.ts';
import { createFakeAuthenticators } from '#tests/kit/fake-authenticators.ts';
import { RememberingIdempotency } from '#tests/kit/remembering-idempotency.ts';
import contract from './generated/ticket/contract.json' with { type: 'json' };
import type { TicketHandlers } from './generated/ticket/handlers.ts';
import { ticketOperations } from './generated/ticket/operations.ts';
import { createTicketHandlers } from './handlers.ts';

/** The contract of tickets with its handlers, over memory, any of them replaced. */
export function bindCrud(handlers: Partial<TicketHandlers> = {}): ModuleBinding<'ticket'> {
  return bindModule({
    name: 'ticket',
    document: contract,
    operations: ticketOperations,
    handlers: { ...createTicketHandlers(), ...handlers },
  });
}

/** Serves the contract of tickets. */
export async function startCrud(
  options: Partial<ContractAppOptions> & { readonly handlers?: Partial<TicketHandlers> } = {},
): Promise<TestApp> {
  const { handlers, ...rest } = options;
  return serveTestApp(
    await createContractApp({
      ...testDefaults(),
      authenticators: createFakeAuthenticators(),
      database: { ping: () => Promise.resolve() },
      idempotency: new RememberingIdempotency(),
      documents: new URL('generated/', import.meta.url),
      modules: [bindCrud(handlers)],
      ...rest,
    }),
  );
}
