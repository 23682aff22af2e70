import assert from 'node:assert/strict';
import type { Operation, Parameter } from '#kernel/contract/operation.ts';
import { isJsonObject, objectAt } from '#kernel/contract/validation/json-document.ts';
import type { Exchanged } from './fuzz-client.ts';
import type { FuzzContract } from './fuzz-contract.ts';
import { sentParameters, type Subject } from './message.ts';
import type { FuzzRequest } from './request-arbitrary.ts';
import type { FuzzAnswer } from './send-message.ts';

/** What an operation's handler was given, by `path`, `query` and so on; undefined when its answer does not tell. */
export type ReadEcho = (operation: Operation, answer: FuzzAnswer) => unknown;

const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/**
 * Holds what a handler was given to what was sent: parameters of every style, bodies of every kind.
 *
 * @returns whether there was anything to compare.
 * @throws {AssertionError} naming the parameter that arrived otherwise.
 */
export function checkEcho(
  contract: FuzzContract,
  fuzz: FuzzRequest,
  { answer }: Exchanged,
  subject: Subject | undefined,
  readEcho: ReadEcho | undefined,
): boolean {
  const described = contract.operation(fuzz.operationId);
  if (!fuzz.isQuiet || answer.status !== 200 || readEcho === undefined) return false;
  const echo = readEcho(described.operation, answer);
  if (echo === undefined) return false;
  for (const { parameter, value } of sentParameters(described, fuzz)) {
    if (!canBeWritten(parameter, value)) continue;
    const arrived: unknown = objectAt(echo, GROUPS[parameter.in])[parameter.key];
    const sent = parameter.in === 'path' ? (subject?.id ?? value) : value;
    assert.equal(asJson(arrived), asJson(sent), `${fuzz.operationId} was given another ${parameter.name}`);
  }
  if (fuzz.body !== undefined) {
    const arrived: unknown = isJsonObject(echo) ? echo['body'] : undefined;
    const { kind } = described.bodies[fuzz.body.choice] ?? {};
    const sent =
      kind === 'form' || kind === 'multipart' ? withoutEmptyLists(fuzz.body.value) : fuzz.body.value;
    assert.equal(asJson(arrived), asJson(sent), `${fuzz.operationId} was given another body`);
  }
  return true;
}

/** What a text in a parameter cannot hold, because there is no way to escape it. */
const UNWRITABLE: Partial<Record<Parameter['style'], RegExp>> = { spaceDelimited: / /, pipeDelimited: /\|/ };

/** Whether the parameter's style has a text for the value: none has one for emptiness, and headers escape nothing. */
function canBeWritten(parameter: Parameter, value: unknown): boolean {
  if (Array.isArray(value) || isJsonObject(value)) {
    const items = Object.values(value);
    return items.length > 0 && items.every((item) => canBeWritten(parameter, item));
  }
  if (typeof value !== 'string') return true;
  const isWritable = parameter.in !== 'header' || /^[\x21-\x2b\x2d-\x7e]+$/.test(value);
  return value !== '' && isWritable && UNWRITABLE[parameter.style]?.test(value) !== true;
}

/** Forms have a field for each item of a list, and nothing for a list without any. */
function withoutEmptyLists(form: unknown): unknown {
  if (!isJsonObject(form)) return form;
  return Object.fromEntries(
    Object.entries(form).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
}

/** One text for what is equal: members in the order of their names, bytes as text. */
function asJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (member instanceof Uint8Array) return Buffer.from(member).toString('latin1');
    if (!isJsonObject(member)) return member;
    return Object.fromEntries(Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}
