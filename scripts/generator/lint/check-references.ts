import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, descend, locate, placeOf, rootCursor, type Cursor } from '../load/cursor.ts';
import { isObject, pointerTokens } from '../load/json-value.ts';
import { OPENAPI_OBJECTS, type ObjectKind } from '../load/openapi-objects.ts';
import { followReference, isUrl, leavesSpecs } from '../load/references.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { walkDocument } from '../load/walk-document.ts';
import type { SourceDocument } from '../load/source-document.ts';
import { composing } from './schema-parts.ts';

/** The rule that a reference is no URL: while it finds something, no tool that could fetch it is run. */
export const URL_RULE = 'ref-url';

/** The rule that a reference stays in `specs/`: while it finds something, no tool that would open the file is run. */
export const OUTSIDE_RULE = 'ref-outside';

/** The dialects of OpenAPI 3.1 schemas. Source: OpenAPI 3.1.1 section 4.8.24.5. */
const DIALECTS: ReadonlySet<unknown> = new Set([
  'https://json-schema.org/draft/2020-12/schema',
  'https://spec.openapis.org/oas/3.1/dialect/base',
]);

/**
 * Every `$ref` leads to an object of the kind that is wanted there, and not in a circle. In the project's specs it
 * leads into the same file or `specs/common`: modules share nothing else.
 */
export function checkReferences(specs: SpecSet, document: SourceDocument): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { kind, cursor } of walkDocument(document)) {
    const stated = child(cursor, '$ref');
    if (!isObject(cursor.value) || typeof stated?.value !== 'string') continue;
    const problem = problemOf(specs, cursor, stated.value, kind);
    if (problem !== undefined) found.push({ ...problem, at: locate(stated) });
  }
  for (const { kind, cursor } of walkDocument(document)) {
    if (kind !== 'schema') continue;
    const dynamic = child(cursor, '$dynamicRef') ?? child(cursor, '$id');
    if (dynamic !== undefined) {
      found.push({
        rule: 'unsupported-keyword',
        message: 'schemas are referenced by $ref and JSON pointer only; remove $dynamicRef and $id',
        at: locate(dynamic),
      });
    }
    const dialect = child(cursor, '$schema');
    if (specs.project && dialect !== undefined && !DIALECTS.has(dialect.value)) {
      found.push({
        rule: 'unsupported-keyword',
        message:
          'every schema is read as JSON Schema 2020-12; remove $schema, and write what it means in that dialect',
        at: locate(dialect),
      });
    }
  }
  return specs.project ? [...found, ...checkHidden(specs, document)] : found;
}

/** A URL or a file elsewhere under any `$ref`, example data included: Redocly would fetch or open it. */
function checkHidden(specs: SpecSet, document: SourceDocument): readonly Diagnostic[] {
  const visited = new Set(walkDocument(document).map(({ cursor }) => `${cursor.pointer}/$ref`));
  return [...document.places.byPointer.keys()]
    .filter((pointer) => pointer.endsWith('/$ref') && !visited.has(pointer))
    .flatMap((pointer): readonly Diagnostic[] => {
      const stated = descend(rootCursor(document), ...pointerTokens(pointer));
      if (typeof stated?.value !== 'string') return [];
      if (isUrl(stated.value)) {
        const message = `${quote(stated.value)} is a URL, and nothing is fetched; write the data itself`;
        return [{ rule: URL_RULE, message, at: locate(stated) }];
      }
      if (!leavesSpecs(specs, stated, stated.value)) return [];
      const message = `${quote(stated.value)} is outside ${specs.folder}/, and is not opened; write the data itself`;
      return [{ rule: OUTSIDE_RULE, message, at: locate(stated) }];
    });
}

function problemOf(
  specs: SpecSet,
  from: Cursor,
  ref: string,
  wanted: ObjectKind,
): Pick<Diagnostic, 'rule' | 'message'> | undefined {
  const target = followReference(specs, from, ref);
  if (target.kind === 'broken-file') return undefined;
  if (target.kind === 'missing') {
    return {
      rule: missingRule(specs, from, ref),
      message: `${quote(ref)} leads nowhere: ${target.why}`,
    };
  }
  const { cursor } = target;
  const actual = kindAt(cursor);
  if (actual !== wanted) {
    return {
      rule: 'ref-kind',
      message: `${quote(ref)} must lead to ${OPENAPI_OBJECTS[wanted].noun}, and leads to ${actual === undefined ? 'something else' : OPENAPI_OBJECTS[actual].noun}`,
    };
  }
  if (isCircular(specs, from, ref)) {
    return {
      rule: 'ref-cycle',
      message: `${quote(ref)} leads back to itself; one of the references must stand for a real object`,
    };
  }
  if (!specs.project) return undefined;
  if (cursor.document.file !== from.document.file && cursor.document.home !== 'common') {
    return {
      rule: 'ref-target',
      message: `${quote(ref)} leads into another module; only ${specs.folder}/common is shared, so move the component there`,
    };
  }
  return undefined;
}

function missingRule(specs: SpecSet, from: Cursor, ref: string): string {
  if (isUrl(ref)) return URL_RULE;
  return specs.project && leavesSpecs(specs, from, ref) ? OUTSIDE_RULE : 'unresolved-ref';
}

const kindsByDocument = new WeakMap<SourceDocument, ReadonlyMap<string, ObjectKind>>();

function kindAt(cursor: Cursor): ObjectKind | undefined {
  let kinds = kindsByDocument.get(cursor.document);
  if (kinds === undefined) {
    kinds = new Map(walkDocument(cursor.document).map((visit) => [visit.cursor.pointer, visit.kind]));
    kindsByDocument.set(cursor.document, kinds);
  }
  return kinds.get(cursor.pointer);
}

/**
 * Whether a reference leads back to where it stands without a property or an item between: a type cannot be defined by
 * itself. Of objects other than schemas, a reference is all that they are.
 */
function isCircular(specs: SpecSet, from: Cursor, ref: string): boolean {
  const enclosing = enclosingPlaces(from);
  const seen = new Set<string>();
  const target = followReference(specs, from, ref);
  const waiting = target.kind === 'found' ? [target.cursor] : [];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const place = placeOf(at);
    if (enclosing.has(place)) return true;
    if (seen.has(place)) continue;
    seen.add(place);
    waiting.push(...composing(specs, at));
  }
  return false;
}

/** A pointer's end that leads to a part or an alternative. */
const PART = /\/(?:allOf|oneOf|anyOf)\/\d+$/;

/** The places of a schema and of those that it is a part or an alternative of. */
function enclosingPlaces(cursor: Cursor): ReadonlySet<string> {
  const places = new Set([placeOf(cursor)]);
  let pointer = cursor.pointer;
  for (let match = PART.exec(pointer); match !== null; match = PART.exec(pointer)) {
    pointer = pointer.slice(0, match.index);
    places.add(placeOf({ ...cursor, pointer }));
  }
  return places;
}

function quote(ref: string): string {
  return `"${ref}"`;
}
