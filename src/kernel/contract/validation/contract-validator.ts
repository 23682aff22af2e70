import { MAX_PROBLEM_ERRORS, type ProblemItem } from '#kernel/http/problems/problem.ts';
import type { Operation } from '../operation.ts';
import { unescapePointer } from '../decode/json-text.ts';
import type { ModuleBinding } from '../module-binding.ts';
import { EovChannel } from './eov-channel.ts';
import { ShapeReport, type ShapeFailure } from './shape-report.ts';
import {
  deriveValidationDocument,
  type OperationShapes,
  type ValidationDocument,
} from './validation-document.ts';

/** A decoded request as it is validated. Defaults are put into it. */
export interface RequestData {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly headers: Record<string, unknown>;
  readonly cookies: Record<string, unknown>;
  body?: unknown;
}

/** A response as it is validated; `body` is what a client reads from the encoded one. */
export interface ResponseData {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Bodies up to this size are looked through for every failure; of larger ones the first failure is told. */
const FULL_REPORT_BYTES = 16 * 1024;

/** Twenty pointers of such a length, three bytes a character, stay below 16 KB together. */
const MAX_POINTER_LENGTH = 240;

/** Lists of allowed values may be long. */
const MAX_DETAIL_LENGTH = 500;

/** Groups of a request's shape whose failures name a parameter. */
const PARAMETER_GROUPS = new Set(['path', 'query', 'headers', 'cookies']);

/**
 * Validates one module's requests and responses against its contract. Made and awaited at start-up, so that a contract
 * that cannot be compiled stops the start and the first request costs what the thousandth does.
 */
export class ContractValidator {
  readonly #shapes: ValidationDocument;
  /** Says whether a request is valid, and all that is wrong with a response. */
  readonly #verdict: EovChannel;
  /** Finds what is wrong with a request that the verdict refused: everything in a small one. */
  readonly #everything: ShapeReport;
  /** Stops at the first failure: what a large invalid request costs is bounded by what a valid one costs. */
  readonly #first: ShapeReport;
  /** Wire names of parameters by operation, group and key. */
  readonly #wireNames = new Map<string, string>();

  private constructor(binding: ModuleBinding, checksResponses: boolean) {
    this.#shapes = deriveValidationDocument(binding.document, binding.operations);
    this.#verdict = new EovChannel(this.#shapes.document, { responses: checksResponses });
    this.#everything = new ShapeReport(this.#shapes.document, { allErrors: true });
    this.#first = new ShapeReport(this.#shapes.document, { allErrors: false });
    for (const { id, parameters } of Object.values(binding.operations)) {
      for (const { in: location, key, name } of parameters) {
        const group = location === 'header' ? 'headers' : location === 'cookie' ? 'cookies' : location;
        this.#wireNames.set(`${id} ${group} ${key}`, name);
      }
    }
  }

  /** @throws {Error} naming the module when its contract cannot be compiled. */
  static async create(
    binding: ModuleBinding,
    options: { readonly checksResponses: boolean },
  ): Promise<ContractValidator> {
    try {
      const validator = new ContractValidator(binding, options.checksResponses);
      await validator.#warmUp();
      return validator;
    } catch (error) {
      throw new Error(
        `The contract of module ${binding.name} cannot be compiled: ${error instanceof Error ? error.message : 'unknown error'}`,
        { cause: error },
      );
    }
  }

  shapesOf(operation: Operation): OperationShapes {
    const shapes = this.#shapes.operations.get(operation.id);
    if (shapes === undefined) throw new Error(`Operation ${operation.id} is not part of this module.`);
    return shapes;
  }

  /** What is wrong with a request; empty when it is valid. Applies defaults to `data`. */
  async checkRequest(
    operation: Operation,
    path: string,
    data: RequestData,
    bodyBytes: number,
  ): Promise<readonly ProblemItem[]> {
    if (await this.#verdict.acceptsRequest(path, data)) return [];
    const report = bodyBytes <= FULL_REPORT_BYTES ? this.#everything : this.#first;
    const failures = report.check(path, data);
    if (failures.length === 0) throw new Error(`The validators of operation ${operation.id} disagree.`);
    return this.#toItems(operation, failures);
  }

  /** What is wrong with a response, in sentences; empty when it is valid. */
  async checkResponse(path: string, data: ResponseData): Promise<readonly string[]> {
    const failures = await this.#verdict.checkResponse(path, data);
    return failures
      .slice(0, MAX_PROBLEM_ERRORS)
      .map((failure) => `${trimShape(failure.path)} ${failure.message}`);
  }

  /** Compiles the validator of every shape; the data need not be valid for that. */
  async #warmUp(): Promise<void> {
    for (const shapes of this.#shapes.operations.values()) {
      const requests = shapes.requests.map(({ path }) => path);
      if (shapes.withoutBody !== null) requests.push(shapes.withoutBody);
      for (const path of requests) {
        await this.#verdict.acceptsRequest(path, {});
        for (const report of [this.#everything, this.#first]) report.check(path, {});
      }
      for (const { withoutBody, contents } of shapes.responses) {
        for (const path of [withoutBody, ...contents]) await this.#verdict.checkResponse(path, {});
      }
    }
  }

  #toItems(operation: Operation, failures: readonly ShapeFailure[]): ProblemItem[] {
    const items = new Map<string, ProblemItem>();
    for (const failure of failures) {
      const item = this.#toItem(operation, failure);
      items.set(`${item.parameter ?? ''} ${item.pointer ?? ''} ${item.detail}`, item);
      if (items.size === MAX_PROBLEM_ERRORS) break;
    }
    return [...items.values()];
  }

  #toItem(operation: Operation, { path, message, reason }: ShapeFailure): ProblemItem {
    const [, group = '', key, ...inside] = path.split('/');
    const detail = message.slice(0, MAX_DETAIL_LENGTH);
    if (PARAMETER_GROUPS.has(group) && key !== undefined) {
      const name = unescapePointer(key);
      const parameter = this.#wireNames.get(`${operation.id} ${group} ${name}`) ?? name;
      return {
        ...reason,
        parameter,
        detail: inside.length === 0 ? detail : `${detail} (at /${shorten(inside.join('/'))})`,
      };
    }
    return { ...reason, pointer: shorten(trimShape(path)), detail };
  }
}

/** Names inside come from the client: long ones are cut so that the answer stays small, and in its own contract. */
function shorten(pointer: string): string {
  const shown = pointer.replaceAll(/\p{Cc}/gu, '\ufffd');
  if (shown.length <= MAX_POINTER_LENGTH) return shown;
  return `${shown.slice(0, MAX_POINTER_LENGTH - 1).toWellFormed()}…`;
}

/** `/body/title` is `/title` to the client that sent the body. */
function trimShape(path: string): string {
  return path.startsWith('/body') ? path.slice('/body'.length) : path;
}
