import type { JsonValue } from '../contract/contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, items, locate, locateKey, members } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { isArray, isObject } from '../load/json-value.ts';
import { heldObject, memberRule, OPENAPI_OBJECTS } from '../load/openapi-objects.ts';
import type { Holds, Member, ObjectKind } from '../load/openapi-objects.ts';
import { walkDocument } from '../load/walk-document.ts';
import type { SourceDocument } from '../load/source-document.ts';

/**
 * Checks each OpenAPI object of a document against the table of objects: values of the wrong type, missing and unknown
 * members. Everything after this check may rely on the shapes. `unknownMembers` is off for external documents, which
 * carry the extensions of other tools.
 */
export function checkShape(
  document: SourceDocument,
  options: { readonly unknownMembers: boolean },
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (rule: string, at: Cursor, message: string): void => {
    found.push({ rule, message, at: locate(at) });
  };
  for (const { kind, cursor } of walkDocument(document)) {
    const rule = OPENAPI_OBJECTS[kind];
    if (kind === 'schema' && typeof cursor.value === 'boolean') continue;
    if (!isObject(cursor.value)) {
      report('shape', cursor, `${rule.noun} must be a mapping, not ${describe(cursor.value)}`);
      continue;
    }
    if (child(cursor, '$ref') !== undefined) {
      const ref = child(cursor, '$ref');
      if (rule.referable !== true) {
        report('shape', cursor, `a $ref cannot stand for ${rule.noun}; write it out`);
      } else if (ref !== undefined && typeof ref.value !== 'string') {
        report('shape', ref, `$ref must be text, not ${describe(ref.value)}`);
      }
      if (kind !== 'schema') continue;
    }
    for (const [name, node] of members(cursor)) {
      if (options.unknownMembers && kind === 'schema' && isOfThreeZero(name, node.value)) {
        found.push({
          rule: 'unknown-keyword',
          message: `${name} is of OpenAPI 3.0 and says nothing in 3.1; ${THREE_ONE[name] ?? ''}`,
          at: locateKey(node),
        });
        continue;
      }
      const known = name === '$ref' ? undefined : memberRule(kind, name);
      if (known !== undefined) checkMember(known, name, node, report);
      else if (options.unknownMembers && name !== '$ref' && !name.startsWith('x-')) {
        found.push({
          rule: 'unknown-keyword',
          message: `${rule.noun} has no "${name}"${suggestion(kind, name)}`,
          at: locateKey(node),
        });
      }
    }
    for (const [name, known] of Object.entries(rule.members)) {
      if (known.required === true && child(cursor, name) === undefined) {
        report('shape', cursor, `${rule.noun} needs "${name}"`);
      }
    }
  }
  return found;
}

/** Keywords that 3.1 dropped or says differently, with what to write instead. */
const THREE_ONE: Readonly<Record<string, string>> = {
  nullable: "write type: [..., 'null'], or anyOf with type: 'null'",
  exclusiveMinimum: 'write the bound itself as its value',
  exclusiveMaximum: 'write the bound itself as its value',
};

function isOfThreeZero(name: string, value: JsonValue): boolean {
  return Object.hasOwn(THREE_ONE, name) && typeof value === 'boolean';
}

type Report = (rule: string, at: Cursor, message: string) => void;

function checkMember(rule: Member, name: string, node: Cursor, report: Report): void {
  const wrong = mismatch(rule.holds, node);
  if (wrong !== undefined) {
    report('shape', wrong.at, `"${name}" must be ${wrong.expected}, not ${describe(wrong.at.value)}`);
    return;
  }
  if (rule.oneOf === undefined) return;
  const allowed = rule.oneOf;
  for (const value of isArray(node.value) ? items(node) : [node]) {
    if (typeof value.value === 'string' && !allowed.includes(value.value)) {
      report('shape', value, `"${name}" must be one of ${allowed.join(', ')}, not "${value.value}"`);
    }
  }
}

/** The first node inside `node` that is not what `holds` says, objects excepted: those are visited on their own. */
function mismatch(
  holds: Holds,
  node: Cursor,
): { readonly at: Cursor; readonly expected: string } | undefined {
  const held = heldObject(holds);
  if (held?.shape === 'list') return isArray(node.value) ? undefined : { at: node, expected: 'a sequence' };
  if (held?.shape === 'map') return isObject(node.value) ? undefined : { at: node, expected: 'a mapping' };
  if (held !== undefined || holds === 'any') return undefined;
  if (holds === 'any[]') return isArray(node.value) ? undefined : { at: node, expected: 'a sequence' };
  if (holds === 'text[]') return textList(node, 'a sequence of text');
  if (holds === 'text|text[]') {
    return typeof node.value === 'string' ? undefined : textList(node, 'text or a sequence of text');
  }
  if (holds === 'text{}' || holds === 'text[]{}') {
    if (!isObject(node.value)) return { at: node, expected: 'a mapping' };
    return members(node)
      .map(([, item]) => mismatch(holds === 'text{}' ? 'text' : 'text[]', item))
      .find((wrong) => wrong !== undefined);
  }
  const scalar = SCALARS.get(holds);
  return scalar === undefined || scalar.test(node.value) ? undefined : { at: node, expected: scalar.words };
}

/** Values that are neither mappings nor sequences: what they are called, and how they are told. */
const SCALARS = new Map<Holds, { readonly words: string; readonly test: (value: JsonValue) => boolean }>([
  ['text', { words: 'text', test: (value) => typeof value === 'string' }],
  ['boolean', { words: 'true or false', test: (value) => typeof value === 'boolean' }],
  ['number', { words: 'a number', test: (value) => typeof value === 'number' }],
  [
    'number|boolean',
    { words: 'a number', test: (value) => typeof value === 'number' || typeof value === 'boolean' },
  ],
  [
    'count',
    {
      words: 'a whole number of zero or more',
      test: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
    },
  ],
]);

function textList(node: Cursor, expected: string): { at: Cursor; expected: string } | undefined {
  if (!isArray(node.value)) return { at: node, expected };
  const at = items(node).find((item) => typeof item.value !== 'string');
  return at === undefined ? undefined : { at, expected: 'text' };
}

function describe(value: JsonValue): string {
  if (value === null) return 'empty';
  if (isArray(value)) return 'a sequence';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? 'text' : String(value);
}

/** "; did you mean ...?" when a known member is one or two letters away. */
function suggestion(kind: ObjectKind, name: string): string {
  const close = Object.keys(OPENAPI_OBJECTS[kind].members)
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= 2)
    .toSorted((a, b) => a.distance - b.distance)[0];
  return close === undefined
    ? '; remove it, or name an extension "x-..."'
    : `; did you mean "${close.candidate}"?`;
}

/** Levenshtein distance. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
