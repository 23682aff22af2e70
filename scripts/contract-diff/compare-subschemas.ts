import { items, members, type Cursor } from '../generator/load/cursor.ts';
import { kebab } from './compare-limits.ts';
import { inside, report, type Comparison, type SchemaPair, type ViewPair } from './comparison.ts';
import { firstStated, schemasByName, stated, type SchemaView, scalarText } from './schema-view.ts';

type Recurse = (comparison: Comparison, pair: SchemaPair) => void;
/** Whether two schemas differ in more than words. */
type Differs = (pair: SchemaPair) => boolean;

/** Keywords with one schema that every value, or every part of it, has to match; the step that they take into the value. */
const SCHEMAS = [
  ['contains', '[contains]'],
  ['propertyNames', '[name]'],
  ['unevaluatedItems', '[]'],
  ['contentSchema', '[content]'],
  ['then', '[then]'],
  ['else', '[else]'],
] as const;

/** Keywords that map names to such schemas. */
const MAPS = ['patternProperties', 'dependentSchemas'] as const;

/** Compares the schemas inside a schema that are neither its properties nor its alternatives. */
export function compareSubschemas(
  comparison: Comparison,
  views: ViewPair,
  recurse: Recurse,
  differs: Differs,
): void {
  const { base, head, parent } = views;
  compareItems(comparison, views, recurse);
  for (const [keyword, step] of SCHEMAS) {
    const before = stated(base, keyword);
    const after = stated(head, keyword);
    if (before.length > 0 && after.length > 0) {
      recurse(inside(comparison, step), { base: before, head: after, parent });
    } else {
      reportAppeared(comparison, keyword, before[0], after[0], parent);
    }
  }
  for (const keyword of MAPS) compareMaps(comparison, keyword, views, recurse);
  compareDependentRequired(comparison, views);
  compareConditions(comparison, views, differs);
  const refusedBefore = stated(base, 'not');
  const refusedAfter = stated(head, 'not');
  if (refusedBefore.length > 0 && refusedAfter.length > 0) {
    recurse(
      { ...inside(comparison, '[not]'), inverted: !comparison.inverted },
      { base: refusedBefore, head: refusedAfter, parent },
    );
  } else {
    reportAppeared(comparison, 'not', refusedBefore[0], refusedAfter[0], parent);
  }
}

/** A schema to match where there was none, or none where there was one. */
function reportAppeared(
  comparison: Comparison,
  keyword: string,
  before: Cursor | undefined,
  after: Cursor | undefined,
  parent: Cursor,
): void {
  if ((before === undefined) === (after === undefined)) return;
  report(comparison, {
    what: `${kebab(keyword)}-${after === undefined ? 'removed' : 'added'}`,
    effect: after === undefined ? 'wider' : 'narrower',
    stored: true,
    base: before,
    head: after,
    parent,
    says: after === undefined ? `"${keyword}" is gone` : `has to match "${keyword}", which is new`,
  });
}

/** Compares items by what applies to each: `prefixItems` to the first ones, `items` to all others. */
function compareItems(comparison: Comparison, views: ViewPair, recurse: Recurse): void {
  const { base, head, parent } = views;
  const first = {
    base: stated(base, 'prefixItems').flatMap(items),
    head: stated(head, 'prefixItems').flatMap(items),
  };
  const rest = { base: stated(base, 'items'), head: stated(head, 'items') };
  const count = Math.max(first.base.length, first.head.length);
  for (let index = 0; index < count; index += 1) {
    const before = first.base[index];
    const after = first.head[index];
    recurse(inside(comparison, `[${index}]`), {
      base: before === undefined ? rest.base : [before],
      head: after === undefined ? rest.head : [after],
      parent: after ?? parent,
    });
  }
  if (rest.base.length > 0 && rest.head.length > 0) {
    recurse(inside(comparison, '[]'), { ...rest, parent });
  } else {
    reportAppeared(comparison, 'items', rest.base[0], rest.head[0], parent);
  }
}

function compareMaps(
  comparison: Comparison,
  keyword: (typeof MAPS)[number],
  views: ViewPair,
  recurse: Recurse,
): void {
  const { base, head, parent } = views;
  const before = schemasByName(base, keyword);
  const after = schemasByName(head, keyword);
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(name);
    const is = after.get(name);
    if (was !== undefined && is !== undefined) {
      recurse(inside(comparison, `[${name}]`), { base: was, head: is, parent });
      continue;
    }
    reportAppeared(inside(comparison, `[${name}]`), keyword, was?.[0], is?.[0], parent);
  }
}

/** Compares `dependentRequired`: each name that another one brings with it. */
function compareDependentRequired(comparison: Comparison, views: ViewPair): void {
  const { base, head, parent } = views;
  const before = dependencies(base);
  const after = dependencies(head);
  for (const [words, at] of after) {
    if (before.has(words)) continue;
    report(comparison, {
      what: 'dependent-required-added',
      effect: 'narrower',
      stored: true,
      head: at,
      parent,
      says: `has to have ${words}`,
    });
  }
  for (const [words, at] of before) {
    if (after.has(words)) continue;
    report(comparison, {
      what: 'dependent-required-removed',
      effect: 'wider',
      base: at,
      parent,
      says: `need no longer have ${words}`,
    });
  }
}

/** Another condition sends other values to `then` and `else`. */
function compareConditions(comparison: Comparison, views: ViewPair, differs: Differs): void {
  const { base, head, parent } = views;
  const before = stated(base, 'if');
  const after = stated(head, 'if');
  const [was] = before;
  const is = firstStated(head, 'if');
  if (was === undefined || is === undefined) return;
  if (!differs({ base: before, head: after, parent })) return;
  report(comparison, {
    what: 'if-changed',
    effect: 'other',
    stored: true,
    base: was,
    head: is,
    parent,
    says: 'its condition ("if") is another',
  });
}

function dependencies(view: SchemaView): ReadonlyMap<string, Cursor> {
  return new Map(
    stated(view, 'dependentRequired')
      .flatMap(members)
      .flatMap(([name, names]) =>
        items(names).map((item) => [`${scalarText(item)} where there is ${name}`, item] as const),
      ),
  );
}
