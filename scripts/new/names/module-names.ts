import { Refusal } from '../refusal.ts';
import { checkWord } from './check-word.ts';
import { pluralOf, singularOf } from './forms.ts';
import type { ModuleNames } from './rename.ts';

/**
 * The names of a new module and of what it keeps. The resource is named like the module unless another name is given, its plural by
 * the rules of English.
 *
 * @throws {Refusal} when one of them cannot be a name.
 */
export function moduleNames(given: {
  readonly module: string;
  readonly resource?: string | undefined;
  readonly plural?: string | undefined;
}): ModuleNames {
  const module = checkWord('a module', given.module);
  const resource = checkWord('a resource', given.resource ?? given.module);
  const singular = singularOf(resource.kebab);
  if (given.plural === undefined && singular !== undefined) {
    throw new Refusal(
      given.resource === undefined
        ? `${resource.kebab} looks like a plural, and a resource is named in the singular: npm run new -- module ${singular}, or say both: --resource ${singular} --plural ${resource.kebab}.`
        : `${resource.kebab} looks like a plural, and a resource is named in the singular: --resource ${singular}, or say the plural of it: --plural <name>.`,
    );
  }
  const plural = checkWord('the plural', given.plural ?? pluralOf(resource.kebab));
  if (plural.kebab === resource.kebab) {
    throw new Refusal(
      `One and many cannot both be called ${plural.kebab}: the list and its entry would have one name. Say another plural, such as --plural ${plural.kebab}-list.`,
    );
  }
  return { module, resource, plural };
}
