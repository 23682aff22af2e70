import type { ServerResponse } from 'node:http';
import type { Exchange } from '#kernel/http/exchange.ts';
import { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import { bindOperation, type BoundOperation } from './bound-operation.ts';
import { BindingError, checkBindings } from './check-bindings.ts';
import type { HttpMethod } from './operation.ts';
import { PathTable } from './routing/path-table.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { serveOperation } from './serve-operation.ts';
import { compiledContract } from './validation/compiled-contract.ts';
import { ContractValidator } from './validation/contract-validator.ts';

/** The operations of one path. */
interface PathEntry {
  readonly methods: Map<HttpMethod, BoundOperation>;
  /** `GET, HEAD, OPTIONS, POST`. */
  allow: string;
}

/** Serves every operation of every module. */
export class ContractRuntime {
  readonly #options: RuntimeOptions;
  readonly #paths = new PathTable<PathEntry>();
  /** The longest body that any operation takes, in bytes: more is refused before anything else is looked at. */
  readonly maxBodyBytes: number;
  /** Names of the headers that the contracts declare for responses, in lower case. */
  readonly responseHeaders: ReadonlySet<string>;

  private constructor(options: RuntimeOptions, operations: readonly BoundOperation[]) {
    this.#options = options;
    this.maxBodyBytes = Math.max(options.bodyLimitBytes, ...operations.map((bound) => bound.bodyLimitBytes));
    this.responseHeaders = new Set(
      operations
        .flatMap(({ operation }) => operation.responses)
        .flatMap(({ headers }) => headers.map(({ name }) => name.toLowerCase()))
        // A page is never shown a cookie: Fetch standard, section 2.2.2.
        .filter((name) => !/^set-cookie2?$/.test(name)),
    );
    for (const bound of operations) {
      const entry = this.#paths.getOrAdd(bound.operation.path, () => ({ methods: new Map(), allow: '' }));
      entry.methods.set(bound.operation.method, bound);
      entry.allow = allowOf(entry.methods);
    }
  }

  /**
   * Binds every contract.
   *
   * @throws {BindingError} when contract and code do not match.
   * @throws {Error} when a contract cannot be compiled.
   */
  static async create(options: RuntimeOptions): Promise<ContractRuntime> {
    checkBindings(options.modules, options.authenticators);
    const operations: BoundOperation[] = [];
    for (const module of options.modules) {
      const compiled = await compiledContract(module, options.compiledChecks);
      const validator = new ContractValidator(module, compiled);
      for (const operation of Object.values(module.operations)) {
        const bound = bindOperation(module, operation, validator, options);
        checkProvisions(bound, options);
        operations.push(bound);
      }
    }
    return new ContractRuntime(options, operations);
  }

  /**
   * Serves a request, or answers `OPTIONS` from the contract.
   *
   * @throws {ProtocolError} 404 and 405 from the contract, and what serving the operation throws.
   */
  async serve(exchange: Exchange): Promise<void> {
    const { request, response, pathname } = exchange;
    if (pathname === '*' && request.method === 'OPTIONS') {
      // RFC 9110 section 9.3.7: a question about the server as a whole, a ping.
      answerOptions(response, 'GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE');
      return;
    }
    const match = this.#paths.find(pathname);
    if (match === undefined) throw new ProtocolError(404, 'no-such-path', 'Nothing is served at this path.');
    const { methods, allow } = match.entry;
    const bound = findOperation(methods, request.method);
    if (bound !== undefined) {
      exchange.operation = bound.operation;
      exchange.pathTexts = match.parameters;
      await serveOperation(exchange, bound, this.#options);
    } else if (request.method === 'OPTIONS') {
      answerOptions(response, allow);
    } else {
      throw new ProtocolError(405, 'method-not-allowed', `This path takes ${allow}.`, { headers: { allow } });
    }
  }
}

/** @throws {BindingError} when an operation's contract promises what the app was not given the means for. */
function checkProvisions(
  { operation, idempotency, ownQuota }: BoundOperation,
  options: RuntimeOptions,
): void {
  const missing: string[] = [];
  if (idempotency !== 'none' && options.idempotency === undefined) {
    missing.push(`Operation ${operation.id} takes an Idempotency-Key, and the app has no store for them.`);
  }
  if (ownQuota !== undefined && options.rateLimiter === undefined) {
    missing.push(`Operation ${operation.id} has x-rate-limit, and the app has no rate limiter.`);
  }
  if (missing.length > 0) throw new BindingError(missing);
}

function answerOptions(response: ServerResponse, allow: string): void {
  response.statusCode = 204;
  response.setHeader('allow', allow);
  response.end();
}

/** `HEAD` is `GET` without the body (RFC 9110 section 9.3.2), unless the contract has an operation of its own. */
function findOperation(
  methods: PathEntry['methods'],
  method: string | undefined,
): BoundOperation | undefined {
  switch (method ?? '') {
    case 'GET':
      return methods.get('get');
    case 'HEAD':
      return methods.get('head') ?? methods.get('get');
    case 'POST':
      return methods.get('post');
    case 'PUT':
      return methods.get('put');
    case 'PATCH':
      return methods.get('patch');
    case 'DELETE':
      return methods.get('delete');
    case 'OPTIONS':
      return methods.get('options');
    default:
      return undefined;
  }
}

function allowOf(methods: PathEntry['methods']): string {
  const names = new Set([...methods.keys(), 'options' as const]);
  if (names.has('get')) names.add('head');
  return [...names]
    .map((name) => name.toUpperCase())
    .toSorted((one, other) => (one < other ? -1 : 1))
    .join(', ');
}
