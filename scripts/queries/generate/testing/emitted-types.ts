/** The types of an emitted file of queries, as text that values can be held to. */
export interface EmittedTypes {
  /** `mood` to `'calm' | 'hungry'`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** `FindTicketResult` to its properties and their types. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Reads the declarations of an emitted file. */
export function readEmittedTypes(text: string): EmittedTypes {
  const aliases = [...text.matchAll(/^export type (\w+) = (.*);$/gm)].map(
    ([, name = '', type = '']) => [name, type] as const,
  );
  const rows = [...text.matchAll(/^export interface (\w+Result) \{\n([^}]*)^\}$/gm)].map(
    ([, name = '', body = '']) => {
      const properties = [...body.matchAll(/^ {2}"?([^":]+)"?: (.*);$/gm)].map(
        ([, property = '', type = '']) => [property, type] as const,
      );
      return [name, new Map(properties)] as const;
    },
  );
  return { aliases: new Map(aliases), rows: new Map(rows) };
}

/** Whether a value is of a type. Elements of arrays may be null: no emitted type says whether they are. */
export function fitsType(value: unknown, type: string, { aliases }: EmittedTypes): boolean {
  const types: EmittedTypes = { aliases, rows: new Map() };
  return type.split(' | ').some((member) => {
    const list = /^\((.*)\)\[\]$/.exec(member);
    if (list !== null) {
      const [, element = ''] = list;
      return Array.isArray(value) && value.every((item) => item === null || fitsType(item, element, types));
    }
    if (member === 'Json') {
      return value !== undefined && JSON.stringify(value) !== undefined;
    }
    if (member === 'null') {
      return value === null;
    }
    if (member.startsWith("'")) {
      return value === member.slice(1, -1);
    }
    if (member === 'Buffer') {
      return Buffer.isBuffer(value);
    }
    const alias = aliases.get(member);
    return alias === undefined ? typeof value === member : fitsType(value, alias, types);
  });
}
