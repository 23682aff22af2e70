import type { Contract } from '../contract/contract.ts';
import type { Diagnostic, SourcePointer } from '../../diagnostics/diagnostic.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { declaredTwice, exportsOf, type Export, type Modules } from './exported-names.ts';
import { SDK_ROOT } from './sdk-types.ts';

/**
 * Each entry of the SDK has each name once: the names that emitters make of operations, components and modules meet neither one
 * another nor those that are written by hand.
 *
 * @param sources the SDK's modules that are written by hand: each `index.ts` among them is an entry
 * @param rootFile the spec that a name is told of which comes from no operation and no component
 */
export function checkSdkNames(
  contract: Contract,
  files: readonly GeneratedFile[],
  sources: Modules,
  rootFile: string,
): readonly Diagnostic[] {
  const emitted = new Map(files.map(({ path, text }) => [path, text]));
  const modules = new Map([...sources, ...emitted]);
  const found = new Map<string, Diagnostic>();
  const report = (name: string, message: string): void => {
    found.set(name, {
      rule: 'name-clash',
      message,
      at: placeOf(name, contract) ?? { file: rootFile, line: 1, column: 1, pointer: '' },
    });
  };
  for (const { path, text } of files) {
    if (!path.startsWith(`${SDK_ROOT}/`)) continue;
    for (const name of declaredTwice(text))
      report(
        name,
        `two things of this contract would be named ${name} in ${path}; pin another name with x-name`,
      );
  }
  for (const entry of sources.keys()) {
    if (!entry.endsWith('/index.ts')) continue;
    for (const [name, all] of byName(exportsOf(modules, entry))) {
      const made = all.filter(({ from }) => emitted.has(from));
      if (all.length < 2 || made.length === 0 || found.has(name)) continue;
      const where = entry.replace('/index.ts', '');
      const message =
        all.length === made.length
          ? `two things of this contract would be named ${name} in ${where}; pin another name with x-name`
          : `the SDK has a ${name} of its own (${where}); pin another name with x-name`;
      report(name, message);
    }
  }
  return [...found.values()];
}

function byName(exports: readonly Export[]): ReadonlyMap<string, readonly Export[]> {
  return Map.groupBy(exports, ({ name }) => name);
}

/** Where what a name was made of stands: an operation or a component. */
function placeOf(name: string, contract: Contract): SourcePointer | undefined {
  const { modules, common } = contract;
  const owners = [
    ...[...common, ...modules.flatMap(({ schemas }) => schemas)].flatMap(
      ({ requestName, responseName, at }) => [requestName, responseName].map((stem) => ({ stem, at })),
    ),
    ...modules.flatMap(({ operations }) => operations.map(({ id, at }) => ({ stem: id, at }))),
  ];
  const [owner] = owners
    .filter(({ stem }) => name.toLowerCase().startsWith(stem.toLowerCase()))
    // The longest says most; of several, an operation, whose name can change without another type.
    .toSorted(
      (one, other) => other.stem.length - one.stem.length || owners.indexOf(other) - owners.indexOf(one),
    );
  return owner?.at;
}
