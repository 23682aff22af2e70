import { formsOf, type Forms } from './forms.ts';

/** The names that a module's text is about. */
export interface ModuleNames {
  readonly module: Forms;
  /** What the module keeps, one of it. */
  readonly resource: Forms;
  /** What the module keeps, many of it. */
  readonly plural: Forms;
}

/** The names that the template has. Two words each, so that no form of one is a form of another. */
const TEMPLATE: ModuleNames = {
  module: formsOf('store-room'),
  resource: formsOf('stored-thing'),
  plural: formsOf('stored-things'),
};

/** Text of the template with other names, in every form; so with paths. */
export function rename(text: string, names: ModuleNames): string {
  const replacements = new Map<string, string>();
  // A plural begins with its singular: it is looked for first.
  for (const kind of ['plural', 'resource', 'module'] as const) {
    for (const form of ['kebab', 'camel', 'pascal', 'snake', 'words', 'sentence'] as const) {
      replacements.set(TEMPLATE[kind][form], names[kind][form]);
    }
  }
  const pattern = new RegExp(`(?:\\b([Aa]) )?(${[...replacements.keys()].join('|')})`, 'g');
  return text.replaceAll(pattern, (_match, article: string | undefined, found: string) => {
    const name = replacements.get(found) ?? found;
    return article === undefined ? name : `${article}${/^[aeio]/i.test(name) ? 'n' : ''} ${name}`;
  });
}
