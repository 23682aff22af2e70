import type { Contract, NamedSchema } from '../contract/contract.ts';
import { type Code, code, isEmpty, join } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { nameIn, schemaNames, type SchemaNames, schemasPath, type View } from './schema-names.ts';
import { sourceLine } from './source-line.ts';
import { membersText, typeText } from './type-text.ts';

/**
 * Emits the component types of `specs/common` and of each module, one file a home. A component has one type, or two
 * where readOnly or writeOnly make what is sent differ from what is received:
 *
 * ```ts
 * /** Source: specs/ticket/openapi.yaml#/components/schemas/Ticket *\/
 * export interface Ticket {
 *   readonly id: string;
 *   readonly title: string;
 * }
 *
 * /** What a client sends as `Ticket`. ... *\/
 * export interface TicketInput {
 *   readonly title: string;
 * }
 * ```
 */
export function emitSchemas(
  contract: Contract,
  /** What stands below the types of a component. */
  besides: (schema: NamedSchema) => Code = () => code``,
): readonly GeneratedFile[] {
  const names = schemaNames(contract);
  const homes = [
    { home: 'common', source: 'specs/common', schemas: contract.common },
    ...contract.modules.map((module) => ({
      home: module.name,
      source: module.file,
      schemas: module.schemas,
    })),
  ];
  return homes
    .filter(({ schemas }) => schemas.length > 0)
    .map(({ home, source, schemas }) =>
      printFile({
        path: schemasPath(home),
        source,
        declares: schemas.flatMap((schema) => [schema.responseName, schema.requestName]),
        body: join(
          schemas.flatMap((schema) => [
            ...viewsOf(schema).map((view) => declaration(schema, view, names)),
            besides(schema),
          ]),
          '\n\n',
        ),
      }),
    );
}

/** The response view stands for both where they do not differ. */
function viewsOf(schema: NamedSchema): readonly View[] {
  return schema.requestName === schema.responseName ? ['response'] : ['response', 'request'];
}

function declaration(named: NamedSchema, view: View, names: SchemaNames): Code {
  const scope = { names, view };
  const comment = documentation(named, view);
  const name = nameIn(named, view);
  const members = named.schema.kind === 'object' ? membersText(named.schema, scope) : null;
  if (members === null || named.schema.kind !== 'object' || isEmpty(members)) {
    return code`
      ${comment}
      export type ${name} = ${typeText(named.schema, scope)};
    `;
  }
  return code`
    ${comment}
    export interface ${name} {
      ${members}
    }
  `;
}

function documentation(named: NamedSchema, view: View): Code {
  const { description, deprecated } = named.documentation;
  const summary = isSameName(named.documentation.summary, named.component) ? '' : named.documentation.summary;
  const role = `What a client sends as \`${named.responseName}\`: without the properties that only the server sets.`;
  const texts = view === 'request' ? [role, summary, description] : [summary, description];
  return doc([...texts, sourceLine(named.at)], { deprecated });
}

/** A title such as `Ticket page` says nothing that the name `TicketPage` does not. */
function isSameName(title: string, component: string): boolean {
  return lettersOf(title) === lettersOf(component);
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
