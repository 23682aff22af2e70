import { MAX_PROBLEM_ERRORS, type ProblemItem } from '#kernel/http/problems/problem.ts';
import type { Operation } from '../operation.ts';
import { unescapePointer } from '../decode/json-text.ts';
import type { ModuleBinding } from '../module-binding.ts';
import { MemberPicker } from './member-picker.ts';
import { findFailures, type CompiledContract, type ShapeFailure } from './shape-checks.ts';
import type { OperationShapes } from './shape-schemas.ts';

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

/** Validates one module's requests and responses against its contract. */
export class ContractValidator {
  readonly #compiled: CompiledContract;
  readonly #members: MemberPicker;
  /** Wire names of parameters by operation, group and key. */
  readonly #wireNames = new Map<string, string>();

  constructor({ operations }: Pick<ModuleBinding, 'operations'>, compiled: CompiledContract) {
    this.#compiled = compiled;
    this.#members = new MemberPicker(compiled.members);
    for (const { id, parameters } of Object.values(operations)) {
      for (const { in: location, key, name } of parameters) {
        const group = location === 'header' ? 'headers' : location === 'cookie' ? 'cookies' : location;
        this.#wireNames.set(`${id} ${group} ${key}`, name);
      }
    }
  }

  shapesOf(operation: Operation): OperationShapes {
    const shapes = this.#compiled.operations.get(operation.id);
    if (shapes === undefined) throw new Error(`Operation ${operation.id} is not part of this module.`);
    return shapes;
  }

  /** What is wrong with a request; empty when it is valid. Applies defaults to `data`. */
  checkRequest(
    operation: Operation,
    index: number,
    data: RequestData,
    bodyBytes: number,
  ): readonly ProblemItem[] {
    const check = this.#compiled.checks(index, bodyBytes <= FULL_REPORT_BYTES ? 'all' : 'first');
    return this.#toItems(operation, findFailures(check, data));
  }

  /** What is wrong with a response, in sentences; empty when it is valid. */
  checkResponse(index: number, data: ResponseData): readonly string[] {
    return findFailures(this.#compiled.checks(index, 'all'), data)
      .slice(0, MAX_PROBLEM_ERRORS)
      .map((failure) => `${trimShape(failure.path)} ${failure.message}`);
  }

  /** What of a response's body the contract declares: nothing else is sent. */
  pickDeclared(index: number, body: unknown): unknown {
    return this.#members.pick(index, body);
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
