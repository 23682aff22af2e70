import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { suite, test } from 'node:test';
import { DomainError } from '#kernel/domain/domain-error.ts';
import type { IdempotencyStore } from '#kernel/contract/ports.ts';
import type { KitchenHandlers } from '../contracts/kitchen-sink/generated/kitchen/handlers.ts';
import { bindKitchenSink, startKitchenSink } from '../contracts/kitchen-sink/start-kitchen-sink.ts';
import { kitchenHandlers } from '../contracts/kitchen-sink/handlers.ts';
import type { TicketHandlers } from '../contracts/crud/generated/ticket/handlers.ts';
import { createTicketHandlers } from '../contracts/crud/handlers.ts';
import { keepTicket } from '../contracts/crud/keep-ticket.ts';
import { bindCrud, startCrud } from '../contracts/crud/start-crud.ts';
import { TicketRepository } from '../contracts/crud/ticket-repository.ts';
import { RememberingIdempotency } from '../kit/remembering-idempotency.ts';
import {
  ForgetfulIdempotency,
  HastyRepository,
  KeepingRepository,
  LosingRepository,
} from './faulty-tickets.ts';
import { startFaultyProxy, type PassingAnswer } from './faulty-proxy.ts';
import { readKitchenEcho } from './kitchen-echo.ts';
import { createKeepingHandlers } from './kitchen-things.ts';
import { assertNoLeak, measureUsage, usageGrowth } from './process-usage.ts';
import { FuzzFailure, runFuzz, type FuzzTarget } from './run-fuzz.ts';

/** Most faults are found within ten. */
const RUNS = 200;
const CREDENTIALS = { good: 'ann+kitchen:write', other: 'bob', bad: 'bad' };

/** A target, and what is to be closed after it. */
type Stage = (resources: AsyncDisposableStack) => Promise<FuzzTarget>;

/** Runs until something is found, and from the seed that the message tells on another app, which finds the same. */
async function findTwice(stage: Stage, expected: RegExp, seed = 1): Promise<void> {
  const found = await findFrom(stage, seed);
  assert.match(found, expected);
  const again = /npm run fuzz -- --only \S+ --seed (?<seed>\d+)$/m.exec(found)?.groups?.['seed'];
  assert.match(await findFrom(stage, Number(again)), expected);
}

/** @returns what the fuzzer says. */
async function findFrom(stage: Stage, seed: number): Promise<string> {
  await using resources = new AsyncDisposableStack();
  const target = await stage(resources);
  try {
    await runFuzz(target, { seed, runs: RUNS });
  } catch (error) {
    assert.ok(error instanceof FuzzFailure, String(error));
    return error.message;
  }
  throw new assert.AssertionError({ message: 'The fault was not found.' });
}

function kitchenTarget(origin: string, ...operations: readonly (keyof KitchenHandlers)[]): FuzzTarget {
  const ids: readonly string[] = operations;
  return {
    name: 'kitchen-sink',
    origin,
    binding: bindKitchenSink(),
    credentials: CREDENTIALS,
    readEcho: readKitchenEcho,
    isFuzzed: ({ id }) => ids.includes(id),
  };
}

class WrongTextError extends DomainError {
  readonly kind = 'malformed';
  readonly code = 'wrong-text';

  constructor(text: string) {
    super(`This is not right: ${text}`);
  }
}

// @requirement 53, 65
suite('the fuzzer finds an answer', () => {
  const spoilt: readonly [
    what: string,
    operation: keyof KitchenHandlers,
    spoil: (answer: PassingAnswer) => void,
    expected: RegExp,
  ][] = [
    [
      'with a status that is not declared',
      'getHeaders',
      (answer) => {
        if (answer.status === 200) answer.status = 203;
      },
      /^a status that is not declared/,
    ],
    [
      'whose body does not match its schema',
      'getHeaders',
      (answer) => {
        if (answer.status === 200) answer.body = Buffer.from('{"request":1}');
      },
      /^data\/request must be string: the body of/,
    ],
    [
      'whose body is of a type that is not declared',
      'getHeaders',
      (answer) => {
        if (answer.status === 200) answer.headers['content-type'] = 'text/html';
      },
      /^the content type text\/html, which is not declared/,
    ],
    [
      'with a body that is not declared',
      'getStatus',
      (answer) => {
        if (answer.status === 202) answer.body = Buffer.from('{}');
      },
      /^a body that is not declared/,
    ],
    [
      'that is an error and no problem',
      'getHeaders',
      (answer) => {
        if (answer.status >= 400) answer.headers['content-type'] = 'application/json';
      },
      /^an error that is no problem/,
    ],
    [
      'that is a problem of another status',
      'getHeaders',
      (answer) => {
        if (answer.status === 406) answer.status = 400;
      },
      /^a problem of another status/,
    ],
    [
      'that is a problem with a member too many',
      'getHeaders',
      (answer) => {
        if (answer.status >= 400)
          answer.body = Buffer.from(answer.body.toString().replace(/\}$/, ',"stack":"at x"}'));
      },
      /must NOT have additional properties: the problem of/,
    ],
    [
      'that lacks a header',
      'getHeaders',
      (answer) => {
        delete answer.headers['x-count'];
      },
      /^no header x-count/i,
    ],
    [
      'with a header that does not match its schema',
      'getHeaders',
      (answer) => {
        if (answer.status === 200) answer.headers['x-count'] = 'many';
      },
      /^data must be integer: the header x-count/i,
    ],
    [
      'of 401 without a challenge',
      'getHeaders',
      (answer) => {
        delete answer.headers['www-authenticate'];
      },
      /^no header www-authenticate|^no challenge/i,
    ],
  ];
  for (const [what, operation, spoil, expected] of spoilt) {
    test(what, async () => {
      await findTwice(async (resources) => {
        const api = resources.use(await startKitchenSink({ handlers: createKeepingHandlers() }));
        const proxy = resources.use(await startFaultyProxy(api.origin, spoil));
        return kitchenTarget(proxy.origin, operation);
      }, expected);
    });
  }

  const broken: readonly [
    what: string,
    handlers: Partial<KitchenHandlers>,
    operations: readonly (keyof KitchenHandlers)[],
    expected: RegExp,
  ][] = [
    [
      'of 500 that one text in many leads to',
      {
        echoText: (request, context) => {
          if (/\p{Lo}/u.test(request.body)) throw new Error('of all things');
          return kitchenHandlers.echoText(request, context);
        },
      },
      ['echoText'],
      /^a failure of the server: POST of echoText/,
    ],
    [
      'that repeats what was sent',
      {
        echoText: (request, context) => {
          if (request.body.length > 20) throw new WrongTextError(request.body);
          return kitchenHandlers.echoText(request, context);
        },
      },
      ['echoText'],
      /^echoText repeats/,
    ],
    [
      'to a list in another order',
      {
        echoQueryStyles: (request, context) => {
          const { formWords, ...rest } = request.query;
          const query = formWords === undefined ? rest : { ...rest, formWords: formWords.toReversed() };
          return kitchenHandlers.echoQueryStyles({ ...request, query }, context);
        },
      },
      ['echoQueryStyles'],
      /^echoQueryStyles was given another formWords/,
    ],
  ];
  for (const [what, handlers, operations, expected] of broken) {
    test(what, async () => {
      await findTwice(async (resources) => {
        const api = resources.use(await startKitchenSink({ handlers }));
        return kitchenTarget(api.origin, ...operations);
      }, expected);
    });
  }
});

// @requirement 69
suite('the fuzzer finds a thing that is kept', () => {
  type NewThing = Parameters<KitchenHandlers['createThing']>[0]['body'];
  const changes: readonly [what: string, change: (thing: NewThing) => NewThing][] = [
    ['in another form of Unicode', (thing) => ({ ...thing, title: thing.title.normalize('NFKD') })],
    ['without a default', ({ count: _count, ...thing }) => thing],
    [
      'with another member three levels down',
      (thing) =>
        thing.parent?.parent === undefined
          ? thing
          : { ...thing, parent: { ...thing.parent, parent: { ...thing.parent.parent, title: 'x' } } },
    ],
  ];
  for (const [what, change] of changes) {
    test(what, async () => {
      await findInThings(/^createThing reads otherwise than it was written/, (keeping) => ({
        createThing: (request, context) =>
          keeping.createThing({ ...request, body: change(request.body) }, context),
      }));
    });
  }

  test('without what a patch said', async () => {
    await findInThings(/^updateThing reads otherwise than it was written/, (keeping) => ({
      updateThing(request, context) {
        const { count, ...body } = request.body;
        // Zero is taken for nothing.
        return keeping.updateThing({ ...request, body: count ? { ...body, count } : body }, context);
      },
    }));
  });
});

/** Things of the kitchen sink, kept by handlers of which some are wrong. */
async function findInThings(
  expected: RegExp,
  spoil: (keeping: KitchenHandlers) => Partial<KitchenHandlers>,
): Promise<void> {
  await findTwice(async (resources) => {
    const keeping = { ...kitchenHandlers, ...createKeepingHandlers() };
    const api = resources.use(await startKitchenSink({ handlers: { ...keeping, ...spoil(keeping) } }));
    return kitchenTarget(api.origin, 'createThing', 'getThing', 'updateThing', 'deleteThing');
  }, expected);
}

/** Tickets in memory, with something wrong with them. */
async function findInTickets(
  expected: RegExp,
  createRepository: () => TicketRepository,
  options: {
    readonly createIdempotency?: () => IdempotencyStore;
    readonly spoil?: (handlers: TicketHandlers) => Partial<TicketHandlers>;
    /** Of what a fault leads to, another seed sees another thing first. */
    readonly seed?: number;
  } = {},
): Promise<void> {
  await findTwice(
    async (resources) => {
      const handlers = createTicketHandlers(createRepository());
      const binding = bindCrud({ ...handlers, ...options.spoil?.(handlers) });
      const idempotency = options.createIdempotency?.() ?? new RememberingIdempotency();
      const { origin } = resources.use(await startCrud({ modules: [binding], idempotency }));
      return { name: 'crud', origin, binding, credentials: CREDENTIALS, changes: { getTicket: keepTicket } };
    },
    expected,
    options.seed,
  );
}

suite('the fuzzer finds a life cycle', () => {
  // @requirement 51
  test('in which two writers of one version both win', async () => {
    await findInTickets(/Ticket by \d at once had \d winners/, () => new LosingRepository());
  });

  test('in which a refused write leaves something behind', async () => {
    await findInTickets(/was refused and changed something/, () => new HastyRepository(), { seed: 4 });
  });

  test('that goes on after its end', async () => {
    await findInTickets(/^getTicket after deleteTicket is 200/, () => new KeepingRepository());
  });

  test('that begins again when its creation is repeated', async () => {
    const expected = /^createTicket (?:repeated made another thing|of another body with the same key is 201)/;
    await findInTickets(expected, () => new TicketRepository(), {
      createIdempotency: () => new ForgetfulIdempotency(),
    });
  });

  test('in which a stale version is good enough', async () => {
    await findInTickets(/^replaceTicket with the version stale is 200/, () => new TicketRepository(), {
      seed: 4,
      spoil: (handlers) => ({
        replaceTicket: (request, context) =>
          // Any version will do where there is one at all.
          handlers.replaceTicket({ ...request, headers: { 'if-match': '*' } }, context),
      }),
    });
  });
});

suite('the fuzzer notices', () => {
  test('an operation that never does what it is there for', async () => {
    await using api = await startKitchenSink();
    const target = {
      ...kitchenTarget(api.origin, 'getHeaders'),
      credentials: { good: 'bad', other: 'bad', bad: 'bad' },
    };
    await assert.rejects(runFuzz(target, { seed: 1, runs: 10 }), /getHeaders never succeeded/);
  });

  test('memory that is never given back', async () => {
    const kept: unknown[] = [];
    await using api = await startKitchenSink({
      handlers: {
        getHeaders(request, context) {
          kept.push(Array.from({ length: 20_000 }, () => ({})));
          return kitchenHandlers.getHeaders(request, context);
        },
      },
    });
    const before = await measureUsage();
    await runFuzz(kitchenTarget(api.origin, 'getHeaders'), { seed: 1, runs: RUNS });
    const growth = usageGrowth(before, await measureUsage());
    assert.throws(() => assertNoLeak(growth), /the heap grew by \d{8,} bytes/);
    assert.ok(kept.length > 0);
  });

  test('handles that are never closed', async () => {
    const open: Server[] = [];
    await using api = await startKitchenSink({
      handlers: {
        getHeaders(request, context) {
          if (open.length < 10) open.push(createServer().listen(0, '127.0.0.1'));
          return kitchenHandlers.getHeaders(request, context);
        },
      },
    });
    const before = await measureUsage();
    await runFuzz(kitchenTarget(api.origin, 'getHeaders'), { seed: 1, runs: RUNS });
    const growth = usageGrowth(before, await measureUsage());
    for (const server of open) server.close();
    assert.throws(() => assertNoLeak(growth), /10 more handles are open/);
  });
});
