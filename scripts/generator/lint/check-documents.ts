import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, descend, locate, members, rootCursor } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { textMember } from '../load/json-value.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { checkExtensions } from './check-extensions.ts';
import { checkNames } from './check-names.ts';
import { checkReferences } from './check-references.ts';
import { checkSchemas } from './check-schemas.ts';
import { checkShape } from './check-shape.ts';
import { checkUnevaluated } from './check-unevaluated.ts';

/** The rule that a document is of a version that is read here: nothing else is said of one that it finds. */
export const VERSION_RULE = 'openapi-version';

/**
 * What must hold of any sources before a contract can be resolved from them, house style aside: supported versions,
 * sound shapes and references, one place for each path and each component.
 */
export function checkDocuments(specs: SpecSet): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const document of specs.documents.values()) {
    const root = rootCursor(document);
    // A file of specs/common is a document too; it may leave out info and paths.
    const isPart = document.home === 'common' && specs.project;
    const version = checkVersion(specs, root, isPart);
    found.push(...version);
    // Of a document of another version, nothing else that could be said would be true.
    if (version.length > 0) continue;
    const shape = checkShape(document, { unknownMembers: specs.project }).filter(
      ({ at, message }) => !(isPart && at.pointer === '' && / needs "(info|openapi)"/.test(message)),
    );
    found.push(...shape);
    found.push(...checkReferences(specs, document));
    if (specs.project)
      found.push(...checkNames(document), ...checkExtensions(document), ...checkUnevaluated(specs, document));
    if (specs.project && shape.length === 0) found.push(...checkSchemas(document));
  }
  found.push(...checkPaths(specs));
  if (specs.project) found.push(...checkComponents(specs));
  return found;
}

function checkVersion(specs: SpecSet, root: Cursor, isPart: boolean): readonly Diagnostic[] {
  const swagger = child(root, 'swagger');
  if (swagger !== undefined) {
    const written = typeof swagger.value === 'string' ? ` "${swagger.value}"` : '';
    const message = `Swagger${written} is not supported; rewrite the document as OpenAPI ${specs.project ? '3.1.1' : '3.0 or 3.1'}`;
    return [{ rule: VERSION_RULE, message, at: locate(swagger) }];
  }
  const stated = child(root, 'openapi');
  const supported = specs.project ? /^3\.1\.\d+$/ : /^3\.[01]\.\d+$/;
  if (stated === undefined) {
    // The shape rule reports a missing version of what is a mapping at all.
    return [];
  }
  if (typeof stated.value !== 'string' || supported.test(stated.value)) return [];
  if (isPart && stated.value === '') return [];
  return [
    {
      rule: VERSION_RULE,
      message: `OpenAPI "${stated.value}" is not supported; write ${specs.project ? '3.1.1' : '3.0 or 3.1'}`,
      at: locate(stated),
    },
  ];
}

/** Two templates that match the same requests are one path, whatever their parameters are called. */
function checkPaths(specs: SpecSet): readonly Diagnostic[] {
  const seen = new Map<string, Cursor>();
  const found: Diagnostic[] = [];
  for (const { document } of specs.modules) {
    for (const [path, cursor] of members(child(rootCursor(document), 'paths'))) {
      if (path.startsWith('x-')) continue;
      const problem = pathProblem(path, specs.project);
      if (problem !== undefined) found.push({ rule: 'path-template', message: problem, at: locate(cursor) });
      const shape = path.replaceAll(/\{[^{}]*\}/g, '{}');
      const known = seen.get(shape);
      if (known === undefined) seen.set(shape, cursor);
      else {
        const at = locate(known);
        found.push({
          rule: 'duplicate-path',
          message: `${path} matches the same requests as the path at ${at.file}:${at.line}; put the operations under one path`,
          at: locate(cursor),
        });
      }
    }
  }
  return found;
}

function pathProblem(path: string, project: boolean): string | undefined {
  if (!path.startsWith('/')) return `the path "${path}" must start with /`;
  // External documents tell operations of one path apart by a fragment.
  if (project && /[?#]/.test(path))
    return `the path "${path}" must not hold a query or fragment; declare query parameters instead`;
  if (/[{}]/.test(path.replaceAll(/\{[^{}/]+\}/g, '')))
    return `the braces of "${path}" do not pair up; write {name}`;
  return undefined;
}

/** The joined contract has one name space: a component stands in one file. */
function checkComponents(specs: SpecSet): readonly Diagnostic[] {
  const seen = new Map<string, Cursor>();
  const found: Diagnostic[] = [];
  for (const document of specs.documents.values()) {
    for (const [section, entries] of members(descend(rootCursor(document), 'components'))) {
      for (const [name, cursor] of members(entries)) {
        const known = seen.get(`${section}/${name}`);
        if (known === undefined || isAliasOf(cursor, name)) {
          if (!isAliasOf(cursor, name)) seen.set(`${section}/${name}`, cursor);
          continue;
        }
        const at = locate(known);
        found.push({
          rule: 'duplicate-component',
          message: `${section}/${name} is also at ${at.file}:${at.line}; rename one, or move a shared one to ${specs.folder}/common`,
          at: locate(cursor),
        });
      }
    }
  }
  return found;
}

/** `bearerAuth: { $ref: ../common/components.yaml#/.../bearerAuth }` brings a shared component in under its name. */
function isAliasOf(cursor: Cursor, name: string): boolean {
  const ref = textMember(cursor.value, '$ref');
  return ref !== undefined && ref.endsWith(`/${name}`) && !ref.startsWith('#');
}
