import type { Documentation, JsonValue, NamedSchema, Schema, SchemaHome } from './contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { locate, type Cursor } from '../load/cursor.ts';
import { member, textMember, pointerTokens } from '../load/json-value.ts';
import { dereference, followReference } from '../load/references.ts';
import type { SpecSet } from '../load/spec-set.ts';

/** A component schema before and after it is resolved. */
export interface Component {
  readonly home: SchemaHome;
  readonly component: string;
  readonly cursor: Cursor;
}

/** How the bytes that a schema describes arrive: in JSON, as a whole multipart body, or as one part of it. */
export type Wire = 'json' | 'multipart' | 'part';

/** What every step of resolving shares: the sources, the components by name, and the findings. */
export interface Resolver {
  readonly specs: SpecSet;
  readonly components: ReadonlyMap<string, Component>;
  /** Component key to the wire it is resolved for. */
  readonly wires: ReadonlyMap<string, Wire>;
  /** Components whose schema is known. */
  readonly resolved: Map<string, Schema>;
  /** Components being resolved right now; expanding one of them would never end. */
  readonly open: Set<string>;
  /** Anonymous reference targets being resolved right now. */
  readonly openPointers: Set<string>;
  /** Parameter objects of external documents that reach the handler as text, whatever their schema says. */
  readonly textParameters: Set<JsonValue>;
  readonly diagnostics: Diagnostic[];
}

/** The key of a component in the resolver's maps. */
export function componentKey(home: SchemaHome, component: string): string {
  return `${home}#${component}`;
}

/** Adds a finding. */
export function report(resolver: Resolver, rule: string, at: Cursor, message: string): void {
  resolver.diagnostics.push({ rule, message, at: locate(at) });
}

/** The component schema that a cursor points at; `undefined` for any other place. */
export function componentAt(
  cursor: Cursor,
): { readonly home: SchemaHome; readonly component: string } | undefined {
  const [components, schemas, component, ...rest] = pointerTokens(cursor.pointer);
  return components === 'components' && schemas === 'schemas' && component !== undefined && rest.length === 0
    ? { home: cursor.document.home, component }
    : undefined;
}

/** The target of a reference that the lint has found sound. */
export function referenceTarget(resolver: Resolver, from: Cursor, ref: string): Cursor {
  const target = followReference(resolver.specs, from, ref);
  return target.kind === 'found' ? target.cursor : dereference(resolver.specs, from);
}

/** Title or summary, description and deprecation of a node, as it states them itself. */
export function documentationOf(cursor: Cursor): Documentation {
  return {
    summary: (textMember(cursor.value, 'title') ?? textMember(cursor.value, 'summary') ?? '').trim(),
    description: (textMember(cursor.value, 'description') ?? '').trim(),
    deprecated: member(cursor.value, 'deprecated') === true,
  };
}

/** A component's schema name in the contract, before names are made. */
export type UnnamedSchema = Omit<NamedSchema, 'responseName' | 'requestName'> & { readonly cursor: Cursor };
