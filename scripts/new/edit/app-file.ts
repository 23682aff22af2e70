import { Refusal } from '../refusal.ts';
import { dig, nodesIn, parseSource, typeName, withMember } from './syntax.ts';

/** Where an app composes its modules. */
export const APP_FILE = 'src/app.ts';

/** The type of the list of modules, which has one member for each spec. */
const LIST_TYPE = 'ServedModules';

/** A module as the app makes it. */
export interface AppEntry {
  /** Folder name. */
  readonly module: string;
  /** What makes it: `createPantryModule`. */
  readonly factory: string;
}

/**
 * The text of `src/app.ts` with one module more: its import, and its member of the list.
 *
 * @throws {Refusal} when there is no list of modules.
 */
export function withModule(text: string, { module, factory }: AppEntry): string {
  const source = parseSource(APP_FILE, text);
  const list = [...nodesIn(source.statements)].find(
    (node) =>
      node['type'] === 'VariableDeclarator' && typeName(dig(node, 'id', 'typeAnnotation')) === LIST_TYPE,
  );
  const object = [...nodesIn(list?.['init'])].find(({ type }) => type === 'ObjectExpression');
  if (object === undefined) {
    throw new Refusal(
      `${APP_FILE} has no list of modules to write into: it needs a constant of type ${LIST_TYPE}<ModuleName>.`,
    );
  }
  const key = /^\w+$/.test(module) ? module : `'${module}'`;
  const served = withMember(source, object, `${key}: ${factory}({ database, clock })`);
  const imports = source.statements.filter(({ type }) => type === 'ImportDeclaration');
  const ofModules = imports.filter((node) => String(dig(node, 'source', 'value')).startsWith('#modules/'));
  const last = ofModules.at(-1) ?? imports.at(-1);
  // Imports stand above the list, so that their places are the same in the changed text.
  const at = last === undefined ? 0 : source.place(last).end;
  const line = `import { ${factory} } from '#modules/${module}/module.ts';`;
  return `${served.slice(0, at)}${at === 0 ? '' : '\n'}${line}${at === 0 ? '\n' : ''}${served.slice(at)}`;
}
