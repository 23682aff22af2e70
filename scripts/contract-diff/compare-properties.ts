import type { Cursor } from '../generator/load/cursor.ts';
import { inside, report, type Comparison, type SchemaPair, type ViewPair } from './comparison.ts';
import {
  firstStated,
  propertiesOf,
  requiredOf,
  stated,
  viewOf,
  type SchemaView,
  type Side,
} from './schema-view.ts';

type Recurse = (comparison: Comparison, pair: SchemaPair) => void;

/** Compares `properties`, `required`, and what other members an object may have. */
export function compareProperties(comparison: Comparison, views: ViewPair, recurse: Recurse): void {
  const { base, head, parent } = views;
  const before = travelling(comparison.base, comparison, propertiesOf(base));
  const after = travelling(comparison.head, comparison, propertiesOf(head));
  const requiredBefore = requiredOf(base);
  const requiredAfter = requiredOf(head);
  const closed = opennessOf(head) === 'closed';
  for (const [name, schemas] of before) {
    const now = after.get(name);
    if (now !== undefined) {
      recurse(inside(comparison, name), { base: schemas, head: now, parent });
      continue;
    }
    reportRemoved(comparison, {
      name,
      schema: schemas[0],
      isRequired: requiredBefore.has(name),
      closed,
      parent,
    });
  }
  for (const [name, schemas] of after) {
    if (before.has(name)) continue;
    const isRequired = requiredAfter.has(name);
    report(inside(comparison, name), {
      what: isRequired ? 'required-property-added' : 'property-added',
      // Readers pass over members that they do not know; what an open object allowed before was said of no member.
      effect: isRequired ? 'narrower' : 'same',
      typed: true,
      head: schemas[0],
      parent,
      says: isRequired ? 'is new, and required' : 'is new',
    });
  }
  for (const [name, place] of requiredAfter) {
    if (requiredBefore.has(name) || (after.has(name) && !before.has(name))) continue;
    if (isHidden(comparison.head, comparison, propertiesOf(head).get(name))) continue;
    report(inside(comparison, name), {
      what: 'property-required',
      effect: 'narrower',
      typed: true,
      stored: true,
      head: place,
      parent,
      says: 'has to be there, was optional',
    });
  }
  for (const [name, place] of requiredBefore) {
    if (requiredAfter.has(name) || (before.has(name) && !after.has(name))) continue;
    if (isHidden(comparison.base, comparison, propertiesOf(base).get(name))) continue;
    report(inside(comparison, name), {
      what: 'property-optional',
      effect: 'wider',
      typed: true,
      base: place,
      parent: after.get(name)?.[0] ?? parent,
      says: 'may be left out, was always there',
    });
  }
  compareOpenness(comparison, views, recurse);
}

function reportRemoved(
  comparison: Comparison,
  removed: {
    readonly name: string;
    readonly schema: Cursor | undefined;
    readonly isRequired: boolean;
    readonly closed: boolean;
    readonly parent: Cursor;
  },
): void {
  const { name, schema, isRequired, closed, parent } = removed;
  const isResponse = comparison.direction === 'response';
  report(inside(comparison, name), {
    what: isResponse && isRequired ? 'required-property-removed' : 'property-removed',
    // In a request an open object lets the member through, and the server passes over it.
    effect: isResponse ? 'wider' : closed ? 'narrower' : 'same',
    typed: true,
    base: schema,
    parent,
    says: isResponse || !closed ? 'is gone' : 'is gone, and refused as any other member',
  });
}

/** Properties that are part of what travels: `readOnly` ones are not sent, `writeOnly` ones are not answered. */
function travelling(
  side: Side,
  comparison: Comparison,
  properties: ReadonlyMap<string, readonly Cursor[]>,
): ReadonlyMap<string, readonly Cursor[]> {
  return new Map([...properties].filter(([, schemas]) => !isHidden(side, comparison, schemas)));
}

function isHidden(side: Side, { direction }: Comparison, schemas: readonly Cursor[] | undefined): boolean {
  if (schemas === undefined) return false;
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly';
  return stated(viewOf(side, schemas), keyword).some(({ value }) => value === true);
}

const CLOSING = ['additionalProperties', 'unevaluatedProperties'] as const;

/** `closed` when a member that is not described is refused, `typed` when a schema describes them all. */
function opennessOf(view: SchemaView): 'closed' | 'open' | 'typed' {
  const rest = CLOSING.flatMap((keyword) => stated(view, keyword));
  if (rest.some(({ value }) => value === false)) return 'closed';
  return rest.some(({ value }) => value !== true && !isEmpty(value)) ? 'typed' : 'open';
}

function isEmpty(value: Cursor['value']): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function compareOpenness(comparison: Comparison, views: ViewPair, recurse: Recurse): void {
  const { base, head, parent } = views;
  const before = opennessOf(base);
  const after = opennessOf(head);
  const places = { base: placeOfRest(base), head: placeOfRest(head), parent };
  if (before === after) {
    if (after === 'typed') {
      const schemas = (view: SchemaView): readonly Cursor[] =>
        CLOSING.flatMap((keyword) => stated(view, keyword));
      recurse(inside(comparison, '*'), { base: schemas(base), head: schemas(head), parent });
    }
  } else if (after === 'closed') {
    report(comparison, {
      ...places,
      what: 'other-members-refused',
      effect: 'narrower',
      typed: true,
      says: 'may no longer have members that are not described',
    });
  } else if (before === 'closed') {
    report(comparison, {
      ...places,
      what: 'other-members-allowed',
      // Readers pass over members that they do not know.
      effect: comparison.direction === 'request' ? 'wider' : 'same',
      says: 'may have members that are not described',
    });
  } else {
    report(comparison, {
      ...places,
      what: after === 'typed' ? 'other-members-limited' : 'other-members-unlimited',
      effect: after === 'typed' ? 'narrower' : 'wider',
      typed: true,
      says:
        after === 'typed'
          ? 'members that are not described have to match a schema'
          : 'members that are not described may be anything',
    });
  }
}

function placeOfRest(view: SchemaView): Cursor | undefined {
  return firstStated(view, 'additionalProperties') ?? firstStated(view, 'unevaluatedProperties');
}
