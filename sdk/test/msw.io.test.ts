/** The mocks, called by the SDK over Mock Service Worker; what they say is checked by the contract's own schemas. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { setupServer } from 'msw/node';

import { createClient, paginate, unwrap, type AnyResult, type CallOptions } from '../src/runtime/index.ts';
import * as sdk from '../src/testing/index.ts';
import * as mocks from '../src/testing/msw.ts';

const { createTicket, getTicket, listTickets } = sdk;
const { createTicketMock, getTicketMock, handlers, listTicketsMock } = mocks;

const server = setupServer();
server.listen({ onUnhandledFrame: 'error' });
after(() => server.close());

const options: CallOptions = {
  client: createClient({ baseUrl: 'https://mocked.test/v1', auth: 'token', retry: false }),
};
const TICKET = { ticketId: '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21' };

interface Document {
  readonly paths: Record<string, Record<string, { operationId: string; responses: Record<string, object> }>>;
}
const text = await readFile(
  path.join(import.meta.dirname, '../../tests/contracts/crud/generated/openapi.json'),
  'utf8',
);
const document: Document = JSON.parse(text);
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, 'contract');

/** What is wrong with the body of an operation's status; empty when nothing is. */
function faults(id: string, status: number, data: unknown): string {
  for (const [template, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (operation.operationId !== id) continue;
      let pointer = ['paths', template, method, 'responses', String(status)].map(escaped).join('/');
      const { $ref }: { $ref?: string } = operation.responses[status] ?? {};
      if ($ref !== undefined) pointer = $ref.slice(2);
      for (const type of ['application/json', 'application/problem+json']) {
        const validate = ajv.getSchema(`contract#/${pointer}/content/${escaped(type)}/schema`);
        if (validate) return validate(data) ? '' : ajv.errorsText(validate.errors);
      }
      return data === undefined ? '' : 'there is no body in the contract';
    }
  }
  return `no operation ${id}`;
}

function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

type Call = (params: object, options: CallOptions) => Promise<AnyResult>;
type Factory = ((reply: { status: number }, settings?: object) => ReturnType<typeof getTicketMock>) & {
  statuses: readonly number[];
};

/** Operations with their mocks. */
const pairs = Object.entries(mocks).flatMap(([name, factory]) => {
  const id = name.replace(/Mock$/, '');
  const operation: unknown = Reflect.get(sdk, id);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an operation and its mock have the same name
  return id === name ? [] : [{ id, call: operation as Call, factory: factory as unknown as Factory }];
});

const PARAMS = { ...TICKET, body: {}, limit: 2 };

/** A ticket of the mocks of a seed. */
async function ask(seed: number): Promise<unknown> {
  server.resetHandlers(...handlers({ seed }));
  return unwrap(getTicket(TICKET, options));
}

suite('mocks', () => {
  test('answer every status of every operation as the contract says, for many seeds', async () => {
    let answers = 0;
    for (const { id, call, factory } of pairs) {
      for (const status of factory.statuses) {
        for (let seed = 0; seed < 6; seed += 1) {
          server.resetHandlers(factory({ status }, { seed }));
          const result = await call(PARAMS, options);
          assert.equal(result.status, status, id);
          assert.equal(faults(id, status, result.data), '', `${id} ${status} with seed ${seed}`);
          answers += 1;
        }
      }
    }
    assert.ok(answers >= 300);
  });

  test('would be caught saying what the contract does not', () => {
    assert.match(faults('getTicket', 200, { title: 'Tap' }), /required/);
    assert.match(faults('deleteTicket', 204, {}), /no body/);
  });

  test('say the same for the same seed, and else something different', async () => {
    const first = await ask(1);
    assert.deepEqual(await ask(1), first);
    assert.notDeepEqual(await ask(2), first);
  });

  test('say what they are told, and make up the rest', async () => {
    server.resetHandlers(
      getTicketMock(({ params }) => ({
        status: 200,
        data: { id: String(params['ticketId']), title: 'Tap' },
        headers: { etag: '"v7"' },
      })),
      createTicketMock({
        status: 422,
        data: { errors: [{ code: 'blank', pointer: '/title', detail: 'is taken' }] },
      }),
    );
    const read = await getTicket(TICKET, options);
    assert.ok(read.status === 200);
    assert.deepEqual([read.data.id, read.data.title, read.headers.etag], [TICKET.ticketId, 'Tap', '"v7"']);
    assert.equal(faults('getTicket', 200, read.data), '');
    const refused = await createTicket({ body: { title: 'x' } }, options);
    assert.ok(refused.status === 422);
    assert.deepEqual([refused.data.status, refused.data.errors?.[0]?.pointer], [422, '/title']);
  });

  test('give lists whose pages end when they are told to', async () => {
    server.resetHandlers(
      listTicketsMock(({ request }) =>
        new URL(request.url).searchParams.has('cursor')
          ? { status: 200, data: { nextCursor: undefined } as object }
          : { status: 200, data: { nextCursor: 'more' } },
      ),
    );
    const titles: string[] = [];
    for await (const { title } of paginate(listTickets, {}, options)) titles.push(title);
    assert.ok(titles.length >= 2);
  });

  test('know no status that the contract does not', () => {
    // @ts-expect-error -- nobody is a teapot
    getTicketMock({ status: 418 });
    // @ts-expect-error -- a title is a text
    getTicketMock({ status: 200, data: { title: 5 } });
    assert.ok(!getTicketMock.statuses.some((status) => status === 418));
  });
});
