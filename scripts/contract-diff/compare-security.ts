import { child, descend, items, members, rootCursor, type Cursor } from '../generator/load/cursor.ts';
import { sameJson } from '../generator/load/json-value.ts';
import type { OperationComparison } from './compare-parameters.ts';
import { report, type Comparison } from './comparison.ts';
import { follow, type Side, scalarText } from './schema-view.ts';

/** Members of a security scheme that callers have to follow; the rest are words. */
const BINDING = ['type', 'scheme', 'in', 'name', 'openIdConnectUrl'];

interface Secured {
  readonly root: Cursor;
  readonly operation: Cursor;
}

/** Schemes with their scopes that together let a caller in; none at all lets everybody in. */
type Requirement = ReadonlyMap<string, ReadonlySet<string>>;

/** Compares who may call an operation: callers who got in before have to get in still. */
export function compareSecurity(comparison: OperationComparison, was: Secured, is: Secured): void {
  const about: Comparison = {
    ...comparison,
    direction: 'request',
    subject: 'the operation',
    path: [],
    inverted: false,
    isText: false,
  };
  const before = requirementsOf(comparison.base, was);
  const after = requirementsOf(comparison.head, is);
  const places = {
    base: placeOf(was),
    head: placeOf(is),
    parent: is.operation,
  };
  const locked = before.filter((old) => !after.some((now) => isEnough(old, now)));
  const opened = after.filter((now) => !before.some((old) => isEnough(now, old)));
  if (locked.length > 0) {
    report(about, {
      ...places,
      what: 'security-tightened',
      effect: 'narrower',
      says: `asks for ${named(after)}; ${named(locked)} was enough`,
    });
  } else if (opened.length > 0) {
    report(about, {
      ...places,
      what: 'security-loosened',
      effect: 'wider',
      says: `is content with ${named(after)}; asked for ${named(before)}`,
    });
  }
  for (const name of schemesOf(before)) {
    if (!after.some((requirement) => requirement.has(name))) continue;
    compareScheme(about, name, schemeOf(comparison.base, was, name), schemeOf(comparison.head, is, name), is);
  }
}

function compareScheme(
  comparison: Comparison,
  name: string,
  was: Cursor | undefined,
  now: Cursor | undefined,
  { operation }: Secured,
): void {
  if (was === undefined || now === undefined) return;
  for (const keyword of BINDING) {
    const before = child(was, keyword);
    const after = child(now, keyword);
    if (sameJson(before?.value ?? null, after?.value ?? null)) continue;
    report(comparison, {
      what: 'security-scheme-changed',
      effect: 'other',
      breaks: ['wire', 'sdk'],
      base: before,
      head: after,
      parent: after ?? operation,
      says: `the security scheme ${name} has another "${keyword}"`,
    });
  }
}

/** Whether a caller with the credentials of `old` passes `now`. */
function isEnough(old: Requirement, now: Requirement): boolean {
  return [...now].every(([scheme, scopes]) => {
    const held = old.get(scheme);
    return held !== undefined && [...scopes].every((scope) => held.has(scope));
  });
}

/** The operation's own security or the document's, or that of the whole API; scopes of `x-required-scopes` are added to each. */
function requirementsOf(side: Side, secured: Secured): readonly Requirement[] {
  const { root } = side.specs;
  const stated = placeOf(secured) ?? (root === undefined ? undefined : descend(rootCursor(root), 'security'));
  const extra = items(child(secured.operation, 'x-required-scopes')).map(scalarText);
  const requirements = items(stated).map((requirement) => {
    const schemes = members(requirement).map(([scheme, scopes]) => {
      const asked = items(scopes).map(scalarText);
      return [scheme, new Set(asked.concat(extra))] as const;
    });
    return new Map(schemes);
  });
  return requirements.length === 0 ? [new Map()] : requirements;
}

function placeOf({ root, operation }: Secured): Cursor | undefined {
  return child(operation, 'security') ?? child(root, 'security');
}

function schemeOf(side: Side, { root }: Secured, name: string): Cursor | undefined {
  const path = ['components', 'securitySchemes', name];
  const whole = side.specs.root;
  const stated =
    descend(root, ...path) ?? (whole === undefined ? undefined : descend(rootCursor(whole), ...path));
  return stated === undefined ? undefined : follow(side, stated);
}

function named(requirements: readonly Requirement[]): string {
  return requirements
    .map((requirement) =>
      requirement.size === 0
        ? 'no credentials'
        : [...requirement]
            .map(([scheme, scopes]) => (scopes.size === 0 ? scheme : `${scheme} (${[...scopes].join(', ')})`))
            .join(' with '),
    )
    .join(' or ');
}

function schemesOf(requirements: readonly Requirement[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const requirement of requirements) {
    for (const name of requirement.keys()) names.add(name);
  }
  return names;
}
