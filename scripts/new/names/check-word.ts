import { typeIdentifier, valueIdentifier } from '../../generator/contract/identifiers.ts';
import { writtenSchema } from '../../sql/written-schema.ts';
import { Refusal } from '../refusal.ts';
import { formsOf, toKebab, type Forms } from './forms.ts';

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/;

/** What a name is for, as messages say it: `a module`. */
type Noun = 'a module' | 'a resource' | 'the plural';

/**
 * A name in kebab-case that code, SQL and paths can have.
 *
 * @throws {Refusal} with a name that would do, when this one does not.
 */
export function checkWord(noun: Noun, name: string): Forms {
  if (!KEBAB.test(name)) {
    const kebab = toKebab(name);
    throw new Refusal(
      `${JSON.stringify(name)} cannot name ${noun}: write small letters, digits and hyphens, each word beginning with a letter, such as ${KEBAB.test(kebab) ? kebab : 'meal-plan'}.`,
    );
  }
  const forms = formsOf(name);
  if (writtenSchema(name) !== forms.snake) {
    throw new Refusal(
      `${name} cannot name ${noun}: ${forms.snake.toUpperCase()} is a reserved word of SQL, so that each query would have to quote it. ${otherName(name)}`,
    );
  }
  if (valueIdentifier(forms.camel) === undefined) {
    throw new Refusal(
      `${name} cannot name ${noun}: ${forms.camel} is a reserved word of TypeScript, so that no variable could be called so. ${otherName(name)}`,
    );
  }
  if (typeIdentifier(forms.pascal) === undefined || forms.pascal in globalThis) {
    throw new Refusal(
      `${name} cannot name ${noun}: ${forms.pascal} is a type of TypeScript or JavaScript itself. ${otherName(name)}`,
    );
  }
  return forms;
}

/** The end of a refusal: what to write instead. */
export function otherName(name: string): string {
  return `Take another name, such as ${name}-entry.`;
}
