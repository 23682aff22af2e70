import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Authenticators } from './ports.ts';
import { BindingError, checkBindings, checkPublished } from './check-bindings.ts';
import type { ModuleBinding } from './module-binding.ts';
import type { Operation } from './operation.ts';

const unused = (): never => assert.fail('is not called at start-up');
const authenticators: Authenticators = {
  bearerAuth: {
    scheme: { type: 'http', scheme: 'bearer' },
    authenticate: unused,
    missingCredentials: unused,
    insufficientScope: unused,
  },
};

function operation(id: string, path: string, given: Partial<Operation> = {}): Operation {
  return {
    id,
    method: 'get',
    path,
    security: [{ bearerAuth: [] }],
    parameters: [],
    body: null,
    responses: [],
    deprecated: false,
    extensions: {},
    ...given,
  };
}

/** A module whose document, operations and handlers match. */
function module(
  name: string,
  ...operations: readonly Operation[]
): ModuleBinding & { readonly document: { readonly paths: object; readonly components: object } } {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { id, method, path } of operations) {
    (paths[path] ??= {})[method] = { operationId: id };
  }
  return {
    name,
    document: { paths, components: { securitySchemes: { bearerAuth: { type: 'http', scheme: 'Bearer' } } } },
    operations: Object.fromEntries(operations.map((each) => [each.id, each])),
    handlers: Object.fromEntries(operations.map(({ id }) => [id, unused])),
  };
}

function mismatches(
  modules: readonly ModuleBinding[],
  known: Authenticators = authenticators,
): readonly string[] {
  try {
    checkBindings(modules, known);
    return [];
  } catch (error) {
    assert.ok(error instanceof BindingError);
    return error.mismatches;
  }
}

suite('checkBindings', () => {
  const good = module(
    'ticket',
    operation('listTickets', '/tickets'),
    operation('getTicket', '/tickets/{id}'),
  );

  test('accepts modules that match', () => {
    assert.deepEqual(mismatches([good, module('meal', operation('listMeals', '/meals'))]), []);
  });

  const cases: readonly (readonly [string, readonly ModuleBinding[], RegExp])[] = [
    [
      'an operation without handler',
      [{ ...good, handlers: { getTicket: unused } }],
      /^Operation listTickets of module ticket has no handler\.$/,
    ],
    [
      'a handler without operation',
      [{ ...good, handlers: { ...good.handlers, extra: unused } }],
      /^Handler extra of module ticket has no operation/,
    ],
    [
      'an operation that its document lacks',
      [{ ...good, document: module('ticket', operation('listTickets', '/tickets')).document }],
      /^The document of module ticket has no operation getTicket at GET \/tickets\/\{id\}\.$/,
    ],
    [
      'an operation that only its document has',
      [
        {
          ...good,
          document: module('ticket', ...Object.values(good.operations), operation('more', '/more')).document,
        },
      ],
      /^GET \/more of the document of module ticket is missing/,
    ],
    [
      'a path claimed by two modules',
      [good, module('meal', operation('getMeal', '/tickets/{mealId}'))],
      /^Modules ticket and meal both claim/,
    ],
    [
      'two paths that match the same',
      [module('a', operation('one', '/a/{x}'), operation('two', '/a/{y}'))],
      /match the same/,
    ],
    [
      'parameters that stand side by side',
      [module('a', operation('one', '/a/{x}{y}'))],
      /^Two parameters stand side by side in \/a\/\{x\}\{y\}/,
    ],
    [
      'an id in two modules',
      [good, module('meal', operation('listTickets', '/meals'))],
      /both have an operation listTickets/,
    ],
    ['a module bound twice', [good, good], /bound twice/],
    [
      'a scheme without definition',
      [module('a', operation('one', '/one', { security: [{ other: [] }] }))],
      /^Security scheme other is not defined/,
    ],
  ];
  for (const [what, modules, expected] of cases) {
    // @requirement 35
    test(`refuses ${what}`, () => assert.match(mismatches(modules).join('\n'), new RegExp(expected, 'm')));
  }

  // @requirement 35
  test('refuses a scheme without authenticator, or with another one', () => {
    assert.deepEqual(mismatches([good], {}), [
      'Security scheme bearerAuth of module ticket has no authenticator.',
    ]);
    const basic = {
      bearerAuth: { ...authenticators['bearerAuth']!, scheme: { type: 'http', scheme: 'basic' } },
    };
    assert.match(mismatches([good], basic)[0] ?? '', /defined otherwise/);
  });

  test('finds an operation by its place: the ids of a document are its own', () => {
    const { document } = module('ticket', operation('list-tickets', '/tickets'));
    assert.deepEqual(
      mismatches([{ ...module('ticket', operation('listTickets', '/tickets')), document }]),
      [],
    );
  });

  // @requirement 35
  test('refuses a published contract with an operation that no module serves', () => {
    const pantry = module('pantry', operation('listJars', '/jars'));
    const published = { paths: { ...good.document.paths, ...pantry.document.paths } };
    assert.throws(
      () => checkPublished(published, [good]),
      (error: unknown) => {
        assert.ok(error instanceof BindingError);
        assert.deepEqual(error.mismatches, [
          'GET /jars of the published contract is served by no module; bind its module.',
        ]);
        return true;
      },
    );
    checkPublished(published, [good, pantry]);
  });

  test('tells every mismatch at once', () => {
    assert.equal(mismatches([{ ...good, handlers: { extra: unused } }], {}).length, 4);
  });
});
