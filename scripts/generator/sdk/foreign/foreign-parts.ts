import { cachedStage, type Moment } from '../../../generate/cache/result-cache.ts';
import { foreignFingerprint } from '../../../generate/cache/stage-inputs.ts';
import type { Contract, JsonObject, NamedSchema } from '../../contract/contract.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { isObject } from '../../load/json-value.ts';
import type { Form } from '../emit-sdk-forms.ts';
import { componentSchemas, requestComponents } from '../request-components.ts';
import { askForeign, type ForeignData } from './ask-foreign.ts';
import { checkEnumerations, checkMembers } from './check-foreign.ts';
import { enumerationsOf, enumerationView, viewName } from './enumerations.ts';
import { contractMembers } from './form-facts.ts';
import type { ForeignQuestion } from './foreign-question.ts';
import { formView } from './form-view.ts';
import { textMembers } from './read-form-facts.ts';

/** What of the SDK comes from other generators' text. */
export interface ForeignParts {
  /** Names to values of each component that lists its values. */
  readonly enumerations: ReadonlyMap<NamedSchema, JsonObject>;
  /** Fields of the components that requests carry. */
  readonly forms: readonly Form[];
}

/** Puts work off until a run is over. */
export type Later = (work: () => Promise<void>) => void;

/** Told what a piece of work takes. */
export type Timer = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** The parts, or where the tools' text and the contract differ. */
export type ForeignResult =
  | { readonly ok: true; readonly parts: ForeignParts }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Asks orval for the enumerations and openapi-typescript-codegen for the fields of forms, and holds what they say against
 * the contract. What they said last is kept, because few changes of a contract change what they are asked.
 *
 * @throws when a tool cannot be run, or its text cannot be read.
 */
export async function foreignParts(options: {
  readonly root: string;
  readonly useCache: boolean;
  readonly later?: Later;
  readonly time?: Timer;
  readonly contract: Contract;
  readonly joined: JsonObject;
}): Promise<ForeignResult> {
  const { contract, joined } = options;
  const enumerations = enumerationsOf(contract, joined);
  const components = componentSchemas(joined);
  const asked = requestComponents(joined, isForm);
  const all = [...contract.common, ...contract.modules.flatMap(({ schemas }) => schemas)];
  const byName = new Map(all.map((named) => [named.component, named]));
  const forms = asked.flatMap((component) => {
    const named = byName.get(component);
    const members = contractMembers(components[component] ?? true, components);
    return named === undefined || Object.keys(members).length === 0 ? [] : [{ named, members }];
  });

  const data = await foreignData(options, {
    enumerations: enumerations.length === 0 ? undefined : enumerationView(enumerations, joined),
    forms: forms.length === 0 ? undefined : formView(asked, components),
  });
  return checked(enumerations, forms, data);
}

/** Media types of bodies that have members. */
function isForm(mediaType: string): boolean {
  return /[/+]json$|^multipart\/form-data$|^application\/x-www-form-urlencoded$/.test(mediaType);
}

/** What the tools said, as it is once nothing in it differs from the contract. */
export function checked(
  enumerations: ReturnType<typeof enumerationsOf>,
  forms: readonly Form[],
  data: ForeignData,
): ForeignResult {
  const read = forms.map(({ named }) => ({ named, members: textMembers(named.component, data.forms) }));
  const diagnostics = [
    ...checkEnumerations(enumerations, data.enumerations),
    ...forms.flatMap(({ named, members }, index) => checkMembers(named, members, read[index]?.members ?? {})),
  ];
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const members = enumerations.map(
    ({ named }, index) => [named, objectOf(data.enumerations[viewName(index)])] as const,
  );
  return { ok: true, parts: { enumerations: new Map(members), forms: read } };
}

async function foreignData(
  {
    root,
    useCache,
    later,
    time = (_name, work) => work(),
  }: Pick<Parameters<typeof foreignParts>[0], 'root' | 'useCache' | 'later' | 'time'>,
  question: ForeignQuestion,
): Promise<ForeignData> {
  if (question.enumerations === undefined && question.forms === undefined)
    return { enumerations: {}, forms: {} };
  const ask = (): Promise<ForeignData> => time('orval and OTC', () => askForeign(question));
  if (!useCache) return ask();
  const asked = JSON.stringify(question);
  const stage = await cachedStage<never>({
    root,
    name: 'foreign',
    ...(later === undefined ? {} : { later }),
    takeFingerprint: (moment: Moment) => foreignFingerprint(asked, moment),
    compute: async () => {
      const { enumerations, forms } = await ask();
      return { ok: true, files: [{ path: 'foreign.json', text: JSON.stringify({ enumerations, forms }) }] };
    },
  });
  const { enumerations, forms } = objectOf(JSON.parse((stage.ok && stage.files[0]?.text) || '{}'));
  return { enumerations: objectOf(enumerations), forms: objectOf(forms) };
}

function objectOf(value: JsonObject[string] | undefined): JsonObject {
  return isObject(value) ? value : {};
}
