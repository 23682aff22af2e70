import type { CheckedQuery } from './check-queries.ts';

/** A result column as PgTyped describes it; it takes `nullable` for what the type says, unless the name has a hint. */
export interface DescribedColumn {
  readonly returnName: string;
  readonly nullable?: boolean;
}

/**
 * PgTyped's description of a query with the nullability that was proven: it takes columns of an outer join for never null, and
 * every expression and view for nullable. The description's other parts stay.
 *
 * @throws {RangeError} when the description is of another query.
 */
export function correctNullability<
  Column extends DescribedColumn,
  Description extends { readonly returnTypes: readonly Column[] },
>(
  description: Description,
  checked: CheckedQuery,
): Omit<Description, 'returnTypes'> & { returnTypes: Column[] } {
  const { returnTypes } = description;
  const names = returnTypes.map(({ returnName }) => returnName.replace(/[!?]$/, ''));
  if (names.join('\n') !== checked.columns.map(({ name }) => name).join('\n')) {
    throw new RangeError(
      `${checked.name} was described with columns ${names.join(', ')}, and checked with others.`,
    );
  }
  return {
    ...description,
    returnTypes: returnTypes.map((column, index) =>
      Object.assign({}, column, { nullable: checked.columns[index]?.isNullable ?? true }),
    ),
  };
}
