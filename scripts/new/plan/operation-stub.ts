import { memberLines } from '../edit/spec-file.ts';
import { formsOf, pluralOf, singularOf, toKebab, type Forms } from '../names/forms.ts';
import { rename } from '../names/rename.ts';
import { Refusal } from '../refusal.ts';
import { readTemplateFile, TEMPLATE_SPEC } from '../template.ts';

/** The methods that an operation can have. */
export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** What an operation begins as. */
export interface Stub {
  readonly method: Method;
  /** What it is about, one of it and many of it. */
  readonly resource: Forms;
  readonly plural: Forms;
  /** Which operation of the template it is like; undefined for one that does something else. */
  readonly like: { readonly place: 'one' | 'many'; readonly method: Method } | undefined;
  /** Whether its summary is that of the operation that it is like. */
  readonly isVerbKnown: boolean;
}

/** Verbs that say what an operation is. */
const VERBS: Readonly<Record<string, Stub['like']>> = {
  list: { place: 'many', method: 'get' },
  create: { place: 'many', method: 'post' },
  get: { place: 'one', method: 'get' },
  replace: { place: 'one', method: 'put' },
  update: { place: 'one', method: 'patch' },
  delete: { place: 'one', method: 'delete' },
};

/**
 * What an operation begins as, by the verb of its id: `getJar` reads one, `listJars` many, `sealJar` does something.
 *
 * @param method what it is asked with instead.
 * @throws {Refusal} when a list is not of a plural.
 */
export function readVerb(operationId: string, method: Method | undefined): Stub {
  const [verb = '', ...rest] = toKebab(operationId).split('-');
  const subject = rest.join('-') || verb;
  const byVerb = rest.length === 0 ? undefined : VERBS[verb];
  const isVerbKnown = byVerb !== undefined && (method === undefined || method === byVerb.method);
  const isAction = method === undefined || method === 'post';
  const like = isVerbKnown ? byVerb : isAction ? undefined : ({ place: 'one', method } as const);
  const singular = byVerb?.place === 'many' && verb === 'list' ? singularOf(subject) : subject;
  if (singular === undefined) {
    throw new Refusal(
      `${operationId} lists one: write the plural, ${verb}${formsOf(pluralOf(subject)).pascal}.`,
    );
  }
  return {
    method: method ?? like?.method ?? 'post',
    resource: formsOf(singular),
    plural: formsOf(pluralOf(singular)),
    like,
    isVerbKnown,
  };
}

/**
 * Where an operation stands unless another path is given: `/jars`, `/jars/{jarId}`, `/jars/{jarId}/seal`, and `/seal-everything` when
 * there are no such things.
 *
 * @param isThere whether the module's contract has a path.
 */
export function defaultPath(stub: Stub, operationId: string, isThere: (path: string) => boolean): string {
  const many = `/${stub.plural.kebab}`;
  const one = `${many}/{${stub.resource.camel}Id}`;
  if (stub.like !== undefined) return stub.like.place === 'many' ? many : one;
  const id = toKebab(operationId);
  return isThere(one) ? `${one}/${id.slice(0, -stub.resource.kebab.length - 1)}` : `/${id}`;
}

/** The contract of the template about what an operation is about. */
export function templateFor({ resource, plural }: Stub): string {
  return rename(readTemplateFile(TEMPLATE_SPEC), { module: formsOf('store-room'), resource, plural });
}

/** The lines of the operation, its method first, without indentation. */
export function operationLines(
  stub: Stub,
  template: string,
  facts: { readonly operationId: string; readonly tag: string },
): readonly string[] {
  const { operationId, tag } = facts;
  const { like, plural, resource } = stub;
  const path = like?.place === 'many' ? `/${plural.kebab}` : `/${plural.kebab}/{${resource.camel}Id}`;
  const lines =
    like === undefined ? ACTION : memberLines(TEMPLATE_SPEC, template, ['paths', path, like.method]);
  if (lines === undefined) throw new Error(`The template has no ${like?.method ?? ''} ${path}.`);
  const written: Readonly<Record<string, string | undefined>> = {
    operationId,
    tags: `[${/^[A-Za-z][\w ]*$/.test(tag) ? tag : JSON.stringify(tag)}]`,
    ...(stub.isVerbKnown ? {} : { summary: formsOf(toKebab(operationId)).sentence }),
  };
  const named = lines.slice(1).map((line) => {
    const [, key = ''] = /^ {2}(\w+):/.exec(line) ?? [];
    return written[key] === undefined ? line : `  ${key}: ${written[key]}`;
  });
  return [`${stub.method}:`, ...named, `    '501': { $ref: ${NOT_IMPLEMENTED} }`];
}

const NOT_IMPLEMENTED = '../common/components.yaml#/components/responses/NotImplemented';

/** An operation of which nothing is known but its name. Responses stand last, so that one more can follow. */
const ACTION: readonly string[] = [
  'post:',
  '  operationId:',
  '  tags:',
  '  summary:',
  '  description: Say here what it does.',
  '  responses:',
  "    '204':",
  '      description: It was done.',
];

/** The lines of a parameter of a path. */
export function parameterLines(name: string): readonly string[] {
  return [
    `name: ${name}`,
    'in: path',
    'required: true',
    `description: The ${toKebab(name).replaceAll('-', ' ')}.`,
    'schema:',
    '  type: string',
    '  format: uuid',
    'example: 0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21',
  ];
}
