import { openCursor, sealCursor } from '#kernel/contract/cursor.ts';
import { bindModule } from '#kernel/contract/module-binding.ts';
import { createContractApp } from '#kernel/app/contract-app.ts';
import { serveTestApp, testDefaults, type TestApp } from '#tests/kit/app.ts';
import { createFakeAuthenticators } from '#tests/kit/fake-authenticators.ts';
import contract from './generated/log/contract.json' with { type: 'json' };
import type { LogHandlers } from './generated/log/handlers.ts';
import { logOperations } from './generated/log/operations.ts';
import type { Line } from './generated/log/schemas.ts';

/** Every third line is an error. */
export const LINES: readonly Line[] = Array.from({ length: 250 }, (_, number) => ({
  number,
  level: number % 3 === 0 ? 'error' : 'info',
}));

const PAGE_LENGTH = 100;

const logHandlers: LogHandlers = {
  async listLines({ query: { limit, cursor, level } }, { user }) {
    const belonging = [user.subject, level];
    const after = cursor === undefined ? -1 : Number(openCursor(cursor, belonging));
    const found = LINES.filter(
      (line) => line.number > after && (level === undefined || line.level === level),
    );
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return {
      status: 200,
      body: last === undefined ? { items } : { items, nextCursor: sealCursor(`${last.number}`, belonging) },
    };
  },
  listAllLines: async ({ query: { limit } }) => ({ status: 200, body: { items: LINES.slice(0, limit) } }),
  async listOffsets({ query: { from } }) {
    const next = from + PAGE_LENGTH;
    const lines = LINES.slice(from, next);
    return { status: 200, body: next < LINES.length ? { lines, next } : { lines } };
  },
};

/** Serves the contract of lists. */
export async function startPaging(): Promise<TestApp> {
  return serveTestApp(
    await createContractApp({
      ...testDefaults(),
      authenticators: createFakeAuthenticators(),
      database: { ping: () => Promise.resolve() },
      documents: new URL('generated/', import.meta.url),
      modules: [
        bindModule({ name: 'log', document: contract, operations: logOperations, handlers: logHandlers }),
      ],
    }),
  );
}
