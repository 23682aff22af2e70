import { child, items, locate, members, type Cursor } from '../generator/load/cursor.ts';
import { sameJson, textMember } from '../generator/load/json-value.ts';
import { compareSchemas } from './compare-schemas.ts';
import { report, reportWords, type Comparison } from './comparison.ts';
import { follow, type Side } from './schema-view.ts';

/** Members of a parameter that say how its value becomes text. */
const SERIALIZATION = ['style', 'explode', 'allowReserved', 'content'] as const;

/** An operation with its path item, in one of the contracts. */
export interface OperationPlace {
  readonly pathItem: Cursor;
  readonly operation: Cursor;
  readonly path: string;
}

/** A comparison of an operation, before it is said of what. */
export type OperationComparison = Omit<Comparison, 'direction' | 'subject' | 'path' | 'inverted' | 'isText'>;

/** Compares the parameters of an operation, those of its path item with them. */
export function compareParameters(
  comparison: OperationComparison,
  base: OperationPlace,
  head: OperationPlace,
): void {
  const before = parametersOf(comparison.base, base);
  const after = parametersOf(comparison.head, head);
  for (const [key, was] of before) {
    const is = after.get(key);
    const about = subjectOf(comparison, is ?? was);
    if (is === undefined) {
      report(about, {
        what: 'parameter-removed',
        effect: 'narrower',
        typed: true,
        // Servers that do not refuse it pass over it, so that a list is no longer narrowed.
        base: was,
        parent: head.operation,
        says: 'is gone',
      });
      continue;
    }
    compareParameter(about, was, is);
  }
  for (const [key, is] of after) {
    if (before.has(key)) continue;
    const isRequired = child(is, 'required')?.value === true;
    report(subjectOf(comparison, is), {
      what: isRequired ? 'required-parameter-added' : 'parameter-added',
      effect: isRequired ? 'narrower' : 'wider',
      ...(isRequired ? {} : { breaks: [] }),
      typed: true,
      head: is,
      parent: head.operation,
      says: isRequired ? 'is new, and required' : 'is new',
    });
  }
}

function compareParameter(comparison: Comparison, was: Cursor, is: Cursor): void {
  reportWords(comparison, was, is, ['description', 'example', 'examples']);
  const name = textMember(was.value, 'name');
  if (textMember(is.value, 'in') === 'path' && name !== textMember(is.value, 'name')) {
    report(comparison, {
      what: 'path-parameter-renamed',
      effect: 'other',
      breaks: ['sdk', 'server'],
      base: child(was, 'name'),
      head: child(is, 'name'),
      parent: is,
      says: `was ${name ?? ''}: the path is the same, the name in code is not`,
    });
  }
  const required = { base: child(was, 'required'), head: child(is, 'required') };
  const isRequired = required.head?.value === true;
  if ((required.base?.value === true) !== isRequired) {
    report(comparison, {
      what: isRequired ? 'parameter-required' : 'parameter-optional',
      effect: isRequired ? 'narrower' : 'wider',
      typed: true,
      ...required,
      parent: is,
      says: isRequired ? 'has to be sent, was optional' : 'may be left out, was required',
    });
  }
  reportDeprecation(comparison, was, is);
  for (const keyword of SERIALIZATION) {
    const before = child(was, keyword);
    const after = child(is, keyword);
    const media = keyword === 'content' ? mediaOf : (at: Cursor | undefined) => at?.value;
    if (sameJson(media(before) ?? null, media(after) ?? null)) continue;
    report(comparison, {
      what: 'parameter-serialization-changed',
      effect: 'other',
      base: before,
      head: after,
      parent: is,
      says: `is written otherwise ("${keyword}")`,
    });
  }
  compareSchemas(
    { ...comparison, isText: child(is, 'content') === undefined },
    { base: schemasOf(was), head: schemasOf(is), parent: is },
  );
}

/** Notes that something became deprecated, or is so no longer. */
export function reportDeprecation(comparison: Comparison, was: Cursor, is: Cursor): void {
  const before = child(was, 'deprecated');
  const after = child(is, 'deprecated');
  const isDeprecated = after?.value === true;
  if ((before?.value === true) === isDeprecated) return;
  report(comparison, {
    what: isDeprecated ? 'deprecated' : 'no-longer-deprecated',
    effect: 'same',
    base: before,
    head: after,
    parent: is,
    says: isDeprecated ? 'is deprecated' : 'is no longer deprecated',
  });
}

/** Parameters by place and name; those of a path by their order in it, so that another name is no other parameter. */
function parametersOf(
  side: Side,
  { pathItem, operation, path }: OperationPlace,
): ReadonlyMap<string, Cursor> {
  const inPath = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
  const found = new Map<string, Cursor>();
  for (const stated of [pathItem, operation].flatMap((owner) => items(child(owner, 'parameters')))) {
    const parameter = follow(side, stated);
    const place = textMember(parameter.value, 'in') ?? '';
    const name = textMember(parameter.value, 'name') ?? '';
    const key =
      place === 'path' ? String(inPath.indexOf(name)) : place === 'header' ? name.toLowerCase() : name;
    found.set(`${place} ${key}`, parameter);
  }
  return found;
}

function subjectOf(comparison: OperationComparison, parameter: Cursor): Comparison {
  const place = textMember(parameter.value, 'in') ?? '';
  const name = textMember(parameter.value, 'name') ?? locate(parameter).pointer;
  return {
    ...comparison,
    direction: 'request',
    subject: `${place} parameter ${name}`,
    path: [],
    inverted: false,
    isText: true,
  };
}

function schemasOf(parameter: Cursor): readonly Cursor[] {
  const schema =
    child(parameter, 'schema') ?? child(members(child(parameter, 'content'))[0]?.[1] ?? parameter, 'schema');
  return schema === undefined ? [] : [schema];
}

function mediaOf(content: Cursor | undefined): Cursor['value'] {
  return members(content).map(([type]) => type);
}
