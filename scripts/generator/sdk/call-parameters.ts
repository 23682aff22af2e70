import type { Operation, Parameter } from '../contract/contract.ts';

/** A parameter as callers of the SDK give it: all of them stand in one object, the body among them. */
export interface CallParameter {
  /** Its key in that object. */
  readonly key: string;
  readonly parameter: Parameter;
}

/** Keys of that object which are not parameters. */
const TAKEN = ['body', 'contentType'];

/**
 * The parameters of an operation with their keys: the name on the wire, in lower case for headers. Two parameters of
 * one name are told apart by their place: `id` of the path stays, the one of the query is `idQuery`.
 */
export function callParameters(operation: Operation): readonly CallParameter[] {
  const taken = new Set(TAKEN);
  const ordered = operation.parameters.toSorted((a, b) => Number(b.in === 'path') - Number(a.in === 'path'));
  const keys = new Map<Parameter, string>();
  for (const parameter of ordered) {
    const place = `${parameter.in.charAt(0).toUpperCase()}${parameter.in.slice(1)}`;
    let key = parameter.key;
    while (taken.has(key)) key = `${key}${place}`;
    taken.add(key);
    keys.set(parameter, key);
  }
  return operation.parameters.map((parameter) => ({
    parameter,
    key: keys.get(parameter) ?? parameter.key,
  }));
}

/** The path template with keys in its braces. */
export function pathWithKeys(operation: Operation, parameters: readonly CallParameter[]): string {
  return parameters.reduce(
    (path, { key, parameter }) =>
      parameter.in === 'path' ? path.replaceAll(`{${parameter.name}}`, () => `{${key}}`) : path,
    operation.path,
  );
}
