import { bodyKind } from '../contract/media-type.ts';
import type { BodyLimits } from '../contract/server-runtime.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, items, locate, locateKey, members, placeOf, type Cursor } from '../load/cursor.ts';
import { member } from '../load/json-value.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { walkDocument } from '../load/walk-document.ts';
import { conjuncts, hasType } from './schema-parts.ts';

const RULE = 'server-limit';

/**
 * What a contract lets clients send is what the server reads: a body of more parts, fields, values or levels than it takes would be
 * refused, however valid it is.
 */
export function checkLimits(specs: SpecSet, limits: BodyLimits): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const walk = new Walk(specs, limits);
  for (const document of specs.documents.values()) {
    for (const { kind, cursor, key, parent } of walkDocument(document)) {
      const schema =
        kind === 'mediaType' && parent?.kind === 'requestBody' ? child(cursor, 'schema') : undefined;
      if (schema === undefined) continue;
      const body = bodyKind(key);
      const findings =
        body === 'multipart'
          ? checkParts(specs, schema, limits.parts, 'parts')
          : body === 'form'
            ? checkParts(specs, schema, limits.fields, 'fields')
            : body === 'json'
              ? walk.check(schema, 1)
              : [];
      for (const finding of findings) found.set(`${finding.at.file}#${finding.at.pointer}`, finding);
    }
  }
  return [...found.values()];
}

function checkNames(schema: Cursor, { names }: BodyLimits): readonly Diagnostic[] {
  return members(child(schema, 'properties'))
    .filter(([name]) => names.includes(name))
    .map(([name, at]) => {
      const message = `the server refuses every body that has a "${name}"; choose another name`;
      return { rule: RULE, message, at: locateKey(at) };
    });
}

/** All parts of a form together: each of a list's items is one. */
function checkParts(specs: SpecSet, schema: Cursor, most: number, noun: string): readonly Diagnostic[] {
  const lists = properties(specs, schema).map(([, property]) => ({
    property,
    count: isArray(specs, property) ? largest(specs, property, 'maxItems') : 1,
  }));
  const total = lists.reduce((sum, { count }) => sum + (Number.isFinite(count) ? count : 0), 0);
  if (total <= most) return [];
  const [longest] = lists.toSorted((one, other) => other.count - one.count);
  const at = longest === undefined ? schema : (child(longest.property, 'maxItems') ?? longest.property);
  const message = `this form may have ${String(total)} ${noun}, and the server takes ${String(most)}; lower maxItems, or use JSON`;
  return [{ rule: RULE, message, at: locate(at) }];
}

/**
 * Looks through what JSON bodies are made of, each schema once at each depth. A schema that leads back to itself has no depth of
 * its own.
 */
class Walk {
  readonly #specs: SpecSet;
  readonly #limits: BodyLimits;
  readonly #open = new Set<unknown>();
  /** Places and depths that were walked: else schemas that refer to one another would be walked in each of their orders. */
  readonly #walked = new Set<string>();

  constructor(specs: SpecSet, limits: BodyLimits) {
    this.#specs = specs;
    this.#limits = limits;
  }

  check(schema: Cursor, depth: number): readonly Diagnostic[] {
    const state = `${placeOf(schema)} ${String(depth)}`;
    if (this.#walked.has(state)) return [];
    const parts = conjuncts(this.#specs, schema);
    const fresh = parts.filter(({ value }) => !this.#open.has(value));
    if (fresh.length < parts.length) return [];
    this.#walked.add(state);
    const isContainer = parts.some(({ value }) => hasType(value, 'object') || hasType(value, 'array'));
    if (isContainer && depth > this.#limits.depth) {
      const message = `this is ${String(depth)} levels deep, and the server reads ${String(this.#limits.depth)}; make the body flatter`;
      return [{ rule: RULE, message, at: locate(schema) }];
    }
    for (const { value } of fresh) this.#open.add(value);
    const found = parts.flatMap((part) => this.#inside(part, depth));
    for (const { value } of fresh) this.#open.delete(value);
    return found;
  }

  #inside(part: Cursor, depth: number): readonly Diagnostic[] {
    const inner = [
      ...['properties', 'patternProperties'].flatMap((keyword) =>
        members(child(part, keyword)).map(([, each]) => each),
      ),
      ...['items', 'additionalProperties', 'unevaluatedProperties'].flatMap(
        (keyword) => child(part, keyword) ?? [],
      ),
      ...items(child(part, 'prefixItems')),
    ];
    const alternatives = ['oneOf', 'anyOf'].flatMap((keyword) => items(child(part, keyword)));
    return [
      ...this.#checkLength(part),
      ...checkNames(part, this.#limits),
      ...alternatives.flatMap((each) => this.check(each, depth)),
      ...inner.flatMap((each) => this.check(each, depth + 1)),
    ];
  }

  #checkLength(part: Cursor): readonly Diagnostic[] {
    const at = child(part, 'maxItems') ?? child(part, 'maxProperties');
    if (typeof at?.value !== 'number' || at.value < this.#limits.values) return [];
    const message = `the server reads ${String(this.#limits.values)} values of a body; write a smaller number`;
    return [{ rule: RULE, message, at: locate(at) }];
  }
}

function properties(specs: SpecSet, schema: Cursor): readonly (readonly [string, Cursor])[] {
  const all = conjuncts(specs, schema).flatMap((part) => members(child(part, 'properties')));
  return [...new Map(all)];
}

function isArray(specs: SpecSet, schema: Cursor): boolean {
  return conjuncts(specs, schema).some(({ value }) => hasType(value, 'array'));
}

function largest(specs: SpecSet, schema: Cursor, keyword: string): number {
  const stated = conjuncts(specs, schema).flatMap(({ value }) => {
    const bound = member(value, keyword);
    return typeof bound === 'number' ? [bound] : [];
  });
  return Math.min(...stated);
}
