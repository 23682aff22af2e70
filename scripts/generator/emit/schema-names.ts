import type { Contract, Identifier, NamedSchema, SchemaHome } from '../contract/contract.ts';
import { type Code, typeRef } from '../print/code.ts';

/** Which side of the wire a type speaks for: what a client sends, or what it receives. */
export type View = 'request' | 'response';

/** Finds the emitted type of a component; built once per contract. */
export interface SchemaNames {
  /** A reference to the component's type, as seen from the view. */
  refer(home: SchemaHome, component: string, view: View): Code;
}

/** The file under `generated/` that holds the types of a home. */
export function schemasPath(home: SchemaHome): string {
  return `generated/${home}/schemas.ts`;
}

/** The type name of a component in a view. */
export function nameIn(schema: NamedSchema, view: View): Identifier {
  return view === 'request' ? schema.requestName : schema.responseName;
}

/** Indexes every component of the contract by its home and key. */
export function schemaNames(contract: Contract): SchemaNames {
  const all = [...contract.common, ...contract.modules.flatMap((module) => module.schemas)];
  const index = new Map(all.map((schema) => [`${schema.home}\n${schema.component}`, schema]));
  return {
    refer(home, component, view) {
      const schema = index.get(`${home}\n${component}`);
      if (schema === undefined)
        throw new Error(`the contract refers to ${home}/${component} and does not hold it`);
      return typeRef(nameIn(schema, view), schemasPath(home));
    },
  };
}
