import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, items, locate, locateKey, locatePointer, members, type Cursor } from '../load/cursor.ts';
import { appendToken, isArray, isObject } from '../load/json-value.ts';
import type { SourceDocument } from '../load/source-document.ts';
import { walkDocument } from '../load/walk-document.ts';

/**
 * Each schema is one of JSON Schema 2020-12, by the dialect's own meta-schema: what does not pass it would stop every validator at
 * its start, in the validator's words and without a place. Shapes must be sound.
 */
export function checkSchemas(document: SourceDocument): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const { kind, cursor, parent } of walkDocument(document)) {
    if (kind !== 'schema' || !isObject(cursor.value)) continue;
    for (const finding of checkPatterns(cursor)) found.set(`${finding.at.pointer} pattern`, finding);
    const values = child(cursor, 'enum');
    if (values !== undefined && items(values).length === 0 && isArray(values.value)) {
      const message = '"enum" must not be empty; write at least one, or remove it';
      found.set(`${values.pointer} ${message}`, { rule: 'invalid-schema', message, at: locate(values) });
    }
    // The meta-schema looks into a schema itself.
    if (parent?.kind === 'schema') continue;
    // Another dialect has its own finding, and its meta-schema is not known here.
    const { $schema: _dialect, ...schema } = cursor.value;
    if (metaSchema.validateSchema(schema) === true) continue;
    for (const error of metaSchema.errors ?? []) {
      const message = sentenceOf(error);
      if (message === undefined) continue;
      const { instancePath, propertyName } = error;
      const stated = `${cursor.pointer}${instancePath}`;
      const pointer = propertyName === undefined ? stated : appendToken(stated, propertyName);
      found.set(`${pointer} ${message}`, {
        rule: 'invalid-schema',
        message,
        at: locatePointer(document, pointer),
      });
    }
  }
  return [...found.values()];
}

/** Ajv does not check the formats of a meta-schema, which say that patterns are regular expressions. */
function checkPatterns(schema: Cursor): readonly Diagnostic[] {
  const pattern = child(schema, 'pattern');
  return [
    ...(typeof pattern?.value === 'string' ? [{ text: pattern.value, at: locate(pattern) }] : []),
    ...members(child(schema, 'patternProperties')).map(([text, at]) => ({ text, at: locateKey(at) })),
  ].flatMap(({ text, at }): readonly Diagnostic[] => {
    const problem = patternProblem(text);
    if (problem === undefined) return [];
    const message = `this is not a regular expression of ECMAScript with the flag u: ${problem}; correct it`;
    return [{ rule: 'invalid-pattern', message, at }];
  });
}

function patternProblem(pattern: string): string | undefined {
  try {
    void new RegExp(pattern, 'u');
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    return said.slice(said.lastIndexOf(': ') + 2).toLowerCase();
  }
}

const metaSchema = new Ajv2020({ allErrors: true, strict: false, logger: false });

/** What is wrong, and what to write; nothing for what only leads to an error that has its own. */
function sentenceOf({ keyword, instancePath, params, message = '' }: ErrorObject): string | undefined {
  const member = instancePath.split('/').findLast((token) => !/^\d+$/.test(token)) ?? '';
  if (member === 'type') return '"type" must name at least one type, each once';
  switch (keyword) {
    case 'propertyNames':
    case 'anyOf':
    case 'if':
      return undefined;
    case 'exclusiveMinimum':
      return `"${member}" must be greater than ${String(params['limit'])}`;
    case 'minItems':
      return `"${member}" must not be empty; write at least one, or remove it`;
    case 'uniqueItems':
      return `"${member}" lists the same twice; remove one`;
    default:
      return `"${member}" ${message}; correct it`;
  }
}
