import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DescribedQuery } from './describe-query.ts';
import type { MappableType } from './pgtyped.ts';

/** Types of one name that are not the same, such as enums of two schemas: a file declares one type a name. */
export function findTypeTwins(queries: readonly DescribedQuery[]): readonly Diagnostic[] {
  const seen = new Map<string, string>();
  return queries.flatMap(({ checked, types }) =>
    [...types.paramMetadata.params, ...types.returnTypes.map(({ type }) => type)].flatMap((type) => {
      const declared = declaredType(type);
      if (declared === undefined) {
        return [];
      }
      const key = `${checked.file} ${declared.name}`;
      const known = seen.get(key) ?? declared.text;
      seen.set(key, known);
      return known === declared.text
        ? []
        : [
            {
              rule: 'query-type',
              message: `${checked.name}: ${declared.name} is the name of two types of this file; cast one to text, or put the query into a file of its own.`,
              at: checked.query.at,
            },
          ];
    }),
  );
}

function declaredType(type: MappableType): { readonly name: string; readonly text: string } | undefined {
  if (typeof type === 'string') {
    return undefined;
  }
  const named = 'elementType' in type ? type.elementType : type;
  return {
    name: named.name,
    text: JSON.stringify(named.enumValues ?? ('definition' in named ? named.definition : '')),
  };
}
