import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DescribedQuery } from './describe-query.ts';
import type { MappableType } from './pgtyped.ts';
import { MAKERS } from './print-queries.ts';
import { TYPE_MAPPING } from './type-mapping.ts';

/** Words that cannot name a type in a module (ECMA-262 section 12.7.2 in strict mode, and TypeScript's own types). */
const WORDS = words(`
  any arguments as await bigint boolean break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in infer instanceof interface keyof let never new null number object package private
  protected public readonly return static string super switch symbol this throw true try typeof undefined unique unknown var void while with yield
`);

/** Names that an emitted file uses or imports. */
const USED: readonly string[] = ['Array', 'Buffer', 'Date', ...Object.values(MAKERS)];

/**
 * Types that cannot be declared by their own name: TypeScript keeps it, the file uses it for something else, or two types of the file
 * have it, such as enumerations of two schemas. A file declares one type a name.
 */
export function findTakenNames(queries: readonly DescribedQuery[]): readonly Diagnostic[] {
  const taken = new Map<string, Map<string, string>>();
  for (const { checked } of queries) {
    const names = taken.get(checked.file) ?? new Map<string, string>(ALWAYS);
    for (const suffix of ['Params', 'Result']) {
      names.set(`${checked.name}${suffix}`, `a type of query ${checked.name}`);
    }
    taken.set(checked.file, names);
  }
  const declared = new Map<string, string>();
  return queries.flatMap(({ checked, types }) =>
    [...types.paramMetadata.params, ...types.returnTypes.map(({ type }) => type)]
      .flatMap((type) => declaredTypes(type))
      .flatMap(({ name, owner, text }) => {
        const key = `${checked.file} ${name}`;
        const known = declared.get(key) ?? text;
        declared.set(key, known);
        const reason =
          taken.get(checked.file)?.get(name) ?? (known === text ? undefined : 'another type of this file');
        return reason === undefined
          ? []
          : [
              {
                rule: 'query-type',
                message: `${checked.name}: type ${owner} would be declared as ${name}, which is ${reason}; cast it to text, rename the type, or put the query into a file of its own.`,
                at: checked.query.at,
              },
            ];
      }),
  );
}

/** What every file's names are kept from, and why. */
const ALWAYS: readonly (readonly [string, string])[] = [
  ...[...WORDS].map((name) => [name, 'a word of TypeScript'] as const),
  ...USED.map((name) => [name, 'used by the emitted file'] as const),
  // PgTyped looks names up in plain objects.
  ...Object.getOwnPropertyNames(Object.prototype).map((name) => [name, 'a word of JavaScript'] as const),
  ...Object.keys(TYPE_MAPPING).map((name) => [name, 'the name of a type of PostgreSQL'] as const),
  ...Object.values(TYPE_MAPPING)
    .flatMap((type) => [type.parameter.name, type.return.name])
    .flatMap((name) => [name, `${name}Array`])
    .map((name) => [name, 'used by the emitted file'] as const),
];

interface DeclaredType {
  readonly name: string;
  /** The name of the type in the database. */
  readonly owner: string;
  /** What two of the same name are compared by. */
  readonly text: string;
}

/** What PgTyped declares for a type: a list is declared beside its elements. */
function declaredTypes(type: MappableType): readonly DeclaredType[] {
  if (typeof type === 'string') {
    return [];
  }
  const named = 'elementType' in type ? type.elementType : type;
  const { name } = named;
  const text = JSON.stringify(named.enumValues ?? ('definition' in named ? named.definition : ''));
  const own = { name, owner: name, text };
  return 'elementType' in type ? [own, { name: `${name}Array`, owner: name, text: `(${name})[]` }] : [own];
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
