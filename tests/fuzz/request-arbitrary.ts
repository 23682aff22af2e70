import {
  constant,
  constantFrom,
  nat,
  oneof,
  option,
  record,
  tuple,
  uint8Array,
  uuid,
  type Arbitrary,
} from 'fast-check';
import type { Parameter } from '#kernel/contract/operation.ts';
import type { Damage } from './encode-body.ts';
import type { FuzzContract, FuzzOperation } from './fuzz-contract.ts';
import { nastyText } from './nasty.ts';
import { schemaArbitrary } from './schema-arbitrary.ts';

/** Whose credentials a request brings. */
export type Caller = 'good' | 'other' | 'bad' | 'none';

/** A request as it was thought of; sending it fills in what only the run knows. */
export interface FuzzRequest {
  readonly operationId: string;
  /** Whether nothing about it is meant to be refused. */
  readonly isQuiet: boolean;
  readonly path: Values;
  readonly query: Values;
  readonly header: Values;
  readonly cookie: Values;
  /** Parameters of the query that no contract has. */
  readonly unknownQuery: Values;
  /** Which of the media types of the operation's body it has, and the body. */
  readonly body: { readonly choice: number; readonly value: unknown } | undefined;
  /** Another content type than the body's own. */
  readonly contentType: string | undefined;
  readonly damage: Damage;
  readonly accept: string;
  readonly caller: Caller;
  /** Which alternative of the operation's security is met. */
  readonly alternative: number;
  /** Which of the things created so far the path is about; the path's own value when it is undefined. */
  readonly known: number | undefined;
  /** Which version `If-Match` names; the header's own value when it is undefined. */
  readonly version: 'current' | 'stale' | 'any' | undefined;
  readonly twist: Twist;
}

/** What is odd about the request line. */
export type Twist = 'none' | 'head' | 'options' | 'other-method' | 'slash' | 'upper-case' | 'dots';

type Values = Readonly<Record<string, unknown>>;

/** Per cent of the places of a noisy request where something else stands than the contract wants. */
const NOISE = 12;

/** Requests to one operation: half of them as the contract wants them, the rest almost. */
export function requestArbitrary(contract: FuzzContract, described: FuzzOperation): Arbitrary<FuzzRequest> {
  return oneof(quietRequest(contract, described), noisyRequest(contract, described));
}

/** Requests to any operation; those that create things come more often, because all else is about what they made. */
export function anyRequestArbitrary(contract: FuzzContract): Arbitrary<FuzzRequest> {
  return oneof(
    ...contract.operations.map((described) => ({
      weight: described.operation.method === 'post' ? 3 : 2,
      arbitrary: requestArbitrary(contract, described),
    })),
  );
}

/** Bodies that the contract wants, of the first media type. */
export function bodyArbitrary(contract: FuzzContract, described: FuzzOperation): Arbitrary<unknown> {
  const [body] = described.bodies;
  return schemaArbitrary(contract.document, body?.schema ?? {}, { noise: 0 });
}

function quietRequest(contract: FuzzContract, described: FuzzOperation): Arbitrary<FuzzRequest> {
  return record({
    ...parts(contract, described, 0),
    isQuiet: constant(true),
    unknownQuery: constant({}),
    contentType: constant(undefined),
    damage: constant<Damage>('none'),
    accept: constant('*/*'),
    caller: constant<Caller>('good'),
    known: nat(20),
    version: constant('current' as const),
    twist: constant<Twist>('none'),
  });
}

function noisyRequest(contract: FuzzContract, described: FuzzOperation): Arbitrary<FuzzRequest> {
  return record({
    ...parts(contract, described, NOISE),
    isQuiet: constant(false),
    unknownQuery: rarely(
      {},
      tuple(nastyText, nastyText).map(([name, value]): Values => ({ [name.slice(0, 100)]: value })),
    ),
    contentType: rarely(
      undefined,
      constantFrom('text/plain', 'application/json; charset=latin1', '*/*', 'application/xml', 'x', ''),
    ),
    damage: rarely<Damage>(
      'none',
      constantFrom('truncated', 'more', 'not-utf-8', 'byte-order-mark', 'twice', 'empty', 'huge'),
    ),
    accept: rarely('*/*', constantFrom('text/html', 'application/*;q=0', ';;', '')),
    caller: oneof(
      { weight: 8, arbitrary: constant<Caller>('good') },
      { weight: 2, arbitrary: constant<Caller>('other') },
      constantFrom<Caller>('bad', 'none'),
    ),
    known: option(nat(20), { nil: undefined, freq: 3 }),
    version: option(constantFrom('current' as const, 'stale' as const, 'any' as const), {
      nil: undefined,
      freq: 3,
    }),
    twist: rarely<Twist>(
      'none',
      constantFrom('head', 'options', 'other-method', 'slash', 'upper-case', 'dots'),
    ),
  });
}

/** What is made from the operation's schemas. */
function parts(contract: FuzzContract, { operation, parameters, bodies }: FuzzOperation, noise: number) {
  const { document } = contract;
  const group = (location: Parameter['in']): Arbitrary<Values> => {
    const own = parameters.filter(({ parameter }) => parameter.in === location);
    const members = own.map(({ parameter, schema }) => {
      // The grammar of a key is RFC 8941's, which no schema says.
      const isKey = noise === 0 && parameter.key === 'idempotency-key';
      return [parameter.name, isKey ? uuid() : schemaArbitrary(document, schema, { noise })] as const;
    });
    const required = own.filter(
      ({ parameter }) => location === 'path' || (noise === 0 && isNeeded(parameter)),
    );
    return record(Object.fromEntries(members), {
      requiredKeys: required.map(({ parameter }) => parameter.name),
    });
  };
  const isOptional = noise > 0 || operation.body?.required !== true;
  const body = oneof(
    ...(isOptional ? [constant(undefined)] : []),
    ...bodies.map(({ kind, schema }, choice) => ({
      weight: 20,
      arbitrary: (kind === 'binary'
        ? uint8Array({ maxLength: 100 })
        : schemaArbitrary(document, schema, { noise })
      ).map((value) => ({ choice, value })),
    })),
  );
  return {
    operationId: constant(operation.id),
    path: group('path'),
    query: group('query'),
    header: group('header'),
    cookie: group('cookie'),
    body,
    alternative: nat(Math.max(operation.security.length - 1, 0)),
  };
}

/** `If-Match` is in a request that is not meant to be refused, even where 428 makes it so. */
function isNeeded({ required, key }: Parameter): boolean {
  return required || key === 'if-match';
}

/** The usual value nine times out of ten. */
function rarely<T>(usual: T, other: Arbitrary<T>): Arbitrary<T> {
  return oneof({ weight: 9, arbitrary: constant(usual) }, other);
}
