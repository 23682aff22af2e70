import { child, descend, items, members, rootCursor, type Cursor } from '../generator/load/cursor.ts';
import { textMember } from '../generator/load/json-value.ts';
import type { SpecSet } from '../generator/load/spec-set.ts';
import { ChangeList, type ContractChange } from './change.ts';
import { compareBodies, compareResponses } from './compare-contents.ts';
import {
  compareParameters,
  reportDeprecation,
  type OperationComparison,
  type OperationPlace,
} from './compare-parameters.ts';
import { compareSecurity } from './compare-security.ts';
import { report, reportWords, type Comparison, type Direction } from './comparison.ts';
import { follow, isVersion30, type Side, scalarText } from './schema-view.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace', 'query']);

/** An operation and the document that it belongs to. */
interface StatedOperation extends OperationPlace {
  readonly name: string;
  readonly root: Cursor;
}

/**
 * Every difference between two contracts, by place.
 *
 * @param today decides whether the `x-sunset` of a removed operation has passed; `YYYY-MM-DD`
 */
export function compareContracts(
  baseSpecs: SpecSet,
  headSpecs: SpecSet,
  today: string,
): readonly ContractChange[] {
  const base: Side = { specs: baseSpecs, isVersion30: isVersion30(baseSpecs) };
  const head: Side = { specs: headSpecs, isVersion30: isVersion30(headSpecs) };
  const changes = new ChangeList();
  const compared = new Map<string, Set<string>>();
  const tried = new Map<string, boolean>();
  const of = (operation: string): OperationComparison => ({
    base,
    head,
    operation,
    changes,
    compared,
    open: [],
    under: new Set(),
    tried,
  });
  const fallback = rootOf(headSpecs);
  if (fallback === undefined) return [];
  compareServers(of(''), rootOf(baseSpecs), fallback);
  for (const kind of ['paths', 'webhooks'] as const) {
    const before = operationsOf(base, kind);
    const after = operationsOf(head, kind);
    const direction = kind === 'paths' ? 'request' : 'response';
    for (const [key, was] of before) {
      const is = after.get(key);
      if (is === undefined) {
        reportRemoved(of(was.name), was, parentOf(head, was, fallback), today);
        continue;
      }
      compareOperations(of(is.name), was, is, direction);
    }
    for (const [key, is] of after) {
      if (before.has(key)) continue;
      report(whole(of(is.name)), {
        what: kind === 'paths' ? 'operation-added' : 'webhook-added',
        effect: 'same',
        // Its handler is missing.
        breaks: kind === 'paths' ? ['server'] : [],
        head: is.operation,
        parent: fallback,
        says: 'is new',
      });
    }
  }
  return changes.toSorted();
}

function compareOperations(
  comparison: OperationComparison,
  was: StatedOperation,
  is: StatedOperation,
  direction: Direction,
): void {
  const about = whole(comparison);
  reportWords(about, was.operation, is.operation, ['summary', 'description', 'tags']);
  const id = { base: child(was.operation, 'operationId'), head: child(is.operation, 'operationId') };
  if (id.base !== undefined && id.base.value !== id.head?.value) {
    report(about, {
      what: 'operation-id-changed',
      effect: 'other',
      breaks: ['sdk', 'server'],
      ...id,
      parent: is.operation,
      says: `its operationId is ${scalarText(id.head)}, was ${scalarText(id.base)}: the name in code is another`,
    });
  }
  reportDeprecation(about, was.operation, is.operation);
  compareSunset(about, was.operation, is.operation);
  compareSecurity(comparison, was, is);
  if (direction === 'request') compareParameters(comparison, was, is);
  compareBodies(comparison, direction, was.operation, is.operation);
  compareResponses(comparison, direction === 'request' ? 'response' : 'request', was.operation, is.operation);
  compareCallbacks(comparison, was, is);
}

/** What is called back travels the other way round. */
function compareCallbacks(comparison: OperationComparison, was: StatedOperation, is: StatedOperation): void {
  const before = callbacksOf(comparison.base, was);
  const after = callbacksOf(comparison.head, is);
  for (const [key, called] of before) {
    const now = after.get(key);
    if (now === undefined) {
      report(whole(comparison), {
        what: 'callback-removed',
        effect: 'other',
        breaks: ['wire', 'sdk'],
        base: called,
        parent: is.operation,
        says: `the callback ${key} is gone`,
      });
      continue;
    }
    compareBodies(comparison, 'response', called, now);
    compareResponses(comparison, 'request', called, now);
  }
}

function callbacksOf(side: Side, { operation }: StatedOperation): ReadonlyMap<string, Cursor> {
  const found = new Map<string, Cursor>();
  for (const [name, stated] of members(child(operation, 'callbacks'))) {
    for (const [expression, item] of members(follow(side, stated))) {
      for (const [method, called] of members(follow(side, item))) {
        if (METHODS.has(method)) found.set(`${name} ${method.toUpperCase()} ${expression}`, called);
      }
    }
  }
  return found;
}

function reportRemoved(
  comparison: OperationComparison,
  was: StatedOperation,
  parent: Cursor,
  today: string,
): void {
  const sunset = textMember(was.operation.value, 'x-sunset');
  const announced = child(was.operation, 'deprecated')?.value === true && sunset !== undefined;
  const isOver = announced && sunset <= today;
  report(whole(comparison), {
    what: isOver ? 'operation-removed-after-sunset' : 'operation-removed',
    effect: 'other',
    breaks: isOver ? ['server'] : ['wire', 'sdk', 'server'],
    base: was.operation,
    parent,
    says: isOver
      ? `is gone, as announced for ${sunset}`
      : announced
        ? `is gone before the day that was announced for it, ${sunset}`
        : 'is gone, and was not announced: first deprecate it with x-sunset',
  });
}

/** A day that was announced may move back, never nearer. */
function compareSunset(comparison: Comparison, was: Cursor, is: Cursor): void {
  const before = child(was, 'x-sunset');
  const after = child(is, 'x-sunset');
  if (typeof before?.value !== 'string' || before.value === after?.value) return;
  const later = typeof after?.value === 'string' && after.value > before.value;
  const stays = after === undefined && child(is, 'deprecated')?.value !== true;
  report(comparison, {
    what: later || stays ? 'sunset-later' : 'sunset-sooner',
    effect: 'other',
    breaks: later || stays ? [] : ['wire'],
    base: before,
    head: after,
    parent: is,
    says: `its last day is ${scalarText(after)}, was ${before.value}`,
  });
}

function compareServers(comparison: OperationComparison, base: Cursor | undefined, head: Cursor): void {
  const before = base === undefined ? [] : serverUrls(child(base, 'servers'));
  const after = new Set(serverUrls(child(head, 'servers')).map(([url]) => url));
  for (const [url, at] of before) {
    if (after.has(url)) continue;
    report(whole(comparison), {
      what: 'server-removed',
      effect: 'other',
      breaks: ['wire'],
      base: at,
      parent: child(head, 'servers') ?? head,
      says: `the server ${url} is gone`,
    });
  }
}

function serverUrls(servers: Cursor | undefined): readonly (readonly [string, Cursor])[] {
  return items(servers).flatMap((server) => {
    const url = textMember(server.value, 'url');
    return url === undefined ? [] : [[url, server] as const];
  });
}

/** Operations by method and path; names of path parameters do not count. */
function operationsOf(side: Side, kind: 'paths' | 'webhooks'): ReadonlyMap<string, StatedOperation> {
  const found = new Map<string, StatedOperation>();
  for (const { document } of side.specs.modules) {
    const root = rootCursor(document);
    for (const [path, stated] of members(child(root, kind))) {
      const pathItem = follow(side, stated);
      for (const [method, operation] of members(pathItem)) {
        if (!METHODS.has(method)) continue;
        const name = kind === 'paths' ? `${method.toUpperCase()} ${path}` : `webhook ${path}`;
        const key = `${method} ${kind === 'paths' ? path.replaceAll(/\{[^{}]*\}/g, '{}') : path}`;
        found.set(key, { name, root, pathItem, operation, path });
      }
    }
  }
  return found;
}

/** Where a reader of the head looks for an operation that is gone: its path, or all paths. */
function parentOf(head: Side, was: StatedOperation, fallback: Cursor): Cursor {
  for (const { document } of head.specs.modules) {
    const paths = descend(rootCursor(document), 'paths');
    const item = paths === undefined ? undefined : child(paths, was.path);
    if (item !== undefined) return item;
    if (paths !== undefined && document.home === was.root.document.home) return paths;
  }
  return fallback;
}

function whole(comparison: OperationComparison): Comparison {
  return {
    ...comparison,
    direction: 'request',
    subject: comparison.operation === '' ? 'the API' : 'the operation',
    path: [],
    inverted: false,
    isText: false,
  };
}

function rootOf(specs: SpecSet): Cursor | undefined {
  const document = specs.root ?? specs.modules[0]?.document;
  return document === undefined ? undefined : rootCursor(document);
}
