import { errorIn } from './migration-error.ts';
import type { Migration } from './parse-migration.ts';

interface Module {
  readonly name: string;
  readonly migrations: readonly Migration[];
}

/** A line `-- depends-on: platform` of a migration. */
interface Dependency {
  readonly module: string;
  readonly migration: Migration;
  readonly line: number;
}

/**
 * Puts each module behind those that it depends on; otherwise they stay in their order.
 *
 * @throws {MigrationError} when one depends on a module that is not there, or on itself, over however many others.
 */
export function orderModules<M extends Module>(modules: readonly M[]): readonly M[] {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const ordered = new Set<M>();
  const visit = (module: M, path: readonly string[]): void => {
    if (ordered.has(module)) {
      return;
    }
    for (const { module: name, migration, line } of dependenciesOf(module)) {
      const needed = byName.get(name);
      const way = [...path, module.name];
      if (needed === undefined) {
        const what =
          name === ''
            ? 'Name the module: `-- depends-on: platform`.'
            : `depends on module ${name}, and there is no migrations/${name}.`;
        throw errorIn(migration.file, what, line);
      }
      if (way.includes(name)) {
        const circle = [...way.slice(way.indexOf(name)), name].join(' on ');
        throw errorIn(
          migration.file,
          `closes a circle of modules that depend on one another: ${circle}.`,
          line,
        );
      }
      visit(needed, way);
    }
    ordered.add(module);
  };
  for (const module of modules) {
    visit(module, []);
  }
  return [...ordered];
}

/** The modules that some modules depend on, directly or over others, and that are not among them. */
export function neededBy<M extends Module>(all: readonly M[], selected: readonly M[]): readonly M[] {
  const names = new Set(selected.map(({ name }) => name));
  // What is needed comes earlier, so that one way back through the order finds it all.
  for (const module of all.toReversed()) {
    if (names.has(module.name)) {
      dependenciesOf(module).forEach(({ module: name }) => names.add(name));
    }
  }
  return all.filter((module) => names.has(module.name) && !selected.includes(module));
}

function dependenciesOf(module: Module): readonly Dependency[] {
  return module.migrations.flatMap((migration) =>
    migration.dependsOn.map(({ module: name, line }) => ({ module: name, migration, line })),
  );
}
