import type {
  Contract,
  ContractModule,
  Identifier,
  JsonValue,
  NamedSchema,
  Schema,
  SchemaHome,
} from './contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, descend, locate, members, rootCursor } from '../load/cursor.ts';
import { member, textMember } from '../load/json-value.ts';
import type { ModuleSource, SpecSet } from '../load/spec-set.ts';
import { findViews } from './find-views.ts';
import { findWires } from './find-wires.ts';
import { placeholderIdentifier, typeIdentifier } from './identifiers.ts';
import { inputCandidates, moduleNames, Names, schemaCandidates } from './name-everything.ts';
import { resolveOperations, resolveSecuritySchemes } from './resolve-operations.ts';
import { resolveComponent } from './resolve-schema.ts';
import { componentKey, documentationOf, report } from './resolver.ts';
import type { Component, Resolver } from './resolver.ts';

/** The contract but for the modules' documents, and what of the sources it could not represent. */
export interface ResolvedContract {
  readonly contract: Omit<Contract, 'modules'> & { readonly modules: readonly ResolvedModule[] };
  /** Parameter objects of external documents that reach the handler as text, whatever their schema says. */
  readonly textParameters: ReadonlySet<JsonValue>;
  readonly diagnostics: readonly Diagnostic[];
}

type ResolvedModule = Omit<ContractModule, 'document'>;

/**
 * Resolves sources that the shape and reference rules have found sound: follows references, applies the defaults of
 * OpenAPI, merges `allOf` and names everything once.
 *
 * @param claimed names that no type takes
 */
export function resolveContract(specs: SpecSet, claimed: ReadonlySet<string> = new Set()): ResolvedContract {
  const diagnostics: Diagnostic[] = [];
  const components = findComponents(specs);
  const resolver: Resolver = {
    specs,
    components,
    wires: findWires(specs),
    resolved: new Map(),
    open: new Set(),
    openPointers: new Set(),
    textParameters: new Set(),
    diagnostics,
  };
  for (const component of components.values()) resolveComponent(resolver, component);

  const names = new Names(diagnostics, claimed);
  const named = nameSchemas(resolver, names);
  const ofHome = (home: SchemaHome): readonly NamedSchema[] => named.filter((schema) => schema.home === home);
  const modules = specs.modules.map((module) => resolveModule(resolver, module, ofHome(module.name), names));
  const info = specs.root === undefined ? undefined : member(specs.root.value, 'info');
  return {
    contract: {
      title: textMember(info, 'title') ?? '',
      version: textMember(info, 'version') ?? '',
      common: specs.project ? ofHome('common') : [],
      modules: modules.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    },
    textParameters: resolver.textParameters,
    diagnostics: diagnostics.concat(duplicateIds(specs, modules)),
  };
}

function resolveModule(
  resolver: Resolver,
  module: ModuleSource,
  schemas: readonly NamedSchema[],
  names: Names,
): ResolvedModule {
  const { handlers, operations: operationsName } = moduleNames(module.name);
  const at = locate(rootCursor(module.document));
  const handlersName = names.claim({
    at,
    subject: `handlers of module ${module.name}`,
    candidates: [handlers],
  });
  const operations = resolveOperations(resolver, module, names);
  return {
    name: module.name,
    file: module.document.file,
    schemas,
    operations,
    securitySchemes: resolveSecuritySchemes(resolver, module, operations),
    handlersName,
    operationsName: typeIdentifier(operationsName) ?? placeholderIdentifier(),
  };
}

/** Every component schema of the sources, by key, sorted. */
function findComponents(specs: SpecSet): ReadonlyMap<string, Component> {
  const found: [string, Component][] = [];
  for (const document of specs.documents.values()) {
    for (const [component, cursor] of members(descend(rootCursor(document), 'components', 'schemas'))) {
      found.push([componentKey(document.home, component), { home: document.home, component, cursor }]);
    }
  }
  return new Map(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function nameSchemas(resolver: Resolver, names: Names): readonly NamedSchema[] {
  const differing = findViews(resolver.resolved);
  // All response names first: a request view never takes the name of another component.
  const withNames = [...resolver.components].map(([key, component]) => ({
    key,
    component,
    responseName: claimSchema(resolver, names, component),
  }));
  return withNames.map(({ key, component: { home, component, cursor }, responseName }) => ({
    home,
    component,
    schema: resolver.resolved.get(key) ?? ({ kind: 'json' } satisfies Schema),
    responseName,
    requestName: differing.has(key)
      ? names.claim({
          at: locate(cursor),
          subject: `request view of schema ${component}`,
          candidates: inputCandidates(responseName),
        })
      : responseName,
    documentation: documentationOf(cursor),
    at: locate(cursor),
  }));
}

function claimSchema(resolver: Resolver, names: Names, { component, cursor }: Component): Identifier {
  const pin = child(cursor, 'x-name');
  const pinned =
    typeof pin?.value === 'string' && typeIdentifier(pin.value) !== undefined ? pin.value : undefined;
  if (pin !== undefined && pinned === undefined) {
    report(
      resolver,
      'name-clash',
      pin,
      'x-name must be a TypeScript type name that is not reserved, such as Ticket',
    );
  }
  return names.claim({
    at: locate(cursor),
    subject: `schema ${component}`,
    candidates: schemaCandidates(component, pinned),
  });
}

/** Operation ids name methods and routes: each stands once in the whole contract. */
function duplicateIds(specs: SpecSet, modules: readonly ResolvedModule[]): readonly Diagnostic[] {
  const seen = new Map<string, string>();
  const found: Diagnostic[] = [];
  for (const { id, at } of modules.flatMap((module) => module.operations)) {
    const known = seen.get(id);
    const place = `${at.file}:${at.line}`;
    if (known === undefined) seen.set(id, place);
    else {
      found.push({
        rule: 'duplicate-operation-id',
        message: `the operation id "${id}" is taken by ${known}; ids are unique in the whole contract${specs.project ? '' : ', pin one with x-name'}`,
        at,
      });
    }
  }
  return found;
}
