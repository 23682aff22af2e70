import assert from 'node:assert/strict';

import { loadExternalDocument } from '../../generator/load/load-specs.ts';
import type { SpecSet } from '../../generator/load/spec-set.ts';
import type { ContractChange } from '../change.ts';
import { compareContracts } from '../compare-documents.ts';

export const TODAY = '2026-11-30';

/** What an operation of a test has beside the least that it needs. */
export interface OperationParts {
  /** Members of the JSON request body; all of them required. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Members of the JSON response 200; all of them required. */
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly more?: object;
}

/** An operation with a body and an answer of JSON. */
export function operationOf({ body, answer, more = {} }: OperationParts = {}): object {
  return {
    operationId: 'makeThing',
    ...(body === undefined ? {} : { requestBody: { required: true, ...contentOf(body) } }),
    responses: { '200': { description: 'Done.', ...(answer === undefined ? {} : contentOf(answer)) } },
    ...more,
  };
}

function contentOf(properties: Readonly<Record<string, unknown>>): object {
  const schema = { type: 'object', properties, required: Object.keys(properties) };
  return { content: { 'application/json': { schema } } };
}

/** An OpenAPI document as text. */
export function documentOf(paths: object, more: object = {}): string {
  const document = { openapi: '3.1.0', info: { title: 'Things', version: '1.0.0' }, paths, ...more };
  return JSON.stringify(document, null, 2);
}

/** Compares two documents, `base.yaml` and `head.yaml`. */
export function compareDocuments(base: string, head: string): readonly ContractChange[] {
  return compareContracts(load('base.yaml', base), load('head.yaml', head), TODAY);
}

function load(file: string, text: string): SpecSet {
  const { specs, diagnostics } = loadExternalDocument(file, text, 'things');
  assert.deepEqual(diagnostics, []);
  return specs;
}
