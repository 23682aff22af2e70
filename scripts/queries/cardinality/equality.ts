import type { Catalogue, KeyColumn } from '../catalogue/catalogue.ts';
import { nodeNumber } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';

/**
 * By which equality values are equal. There are many: that of a case-insensitive collation, of citext, of numbers that count 1.0 and
 * 1.00 as one, and that of an index, which need not be the query's.
 */
export interface Equality {
  /** Operator families of btree in which the operator is equality: of one family, values that equal a third are equal. */
  readonly families: readonly string[];
  /** The collation that decides; empty when values are compared byte by byte or have no collation. */
  readonly collation: string;
  /** Whether values of the column that are equal by it are the same in every respect. */
  readonly isIdentity: boolean;
}

/** The equality that a comparison uses, as it tells values of its left or right side apart; null when it is no equality. */
export function equalityOf(
  operator: string,
  collation: string,
  side: 'left' | 'right',
  catalogue: Catalogue,
): Equality | null {
  const facts = catalogue.operators[operator];
  if (facts === undefined || facts.equalityFamilies.length === 0) {
    return null;
  }
  const effective = effectiveCollation(collation, catalogue);
  return {
    families: facts.equalityFamilies,
    collation: effective,
    isIdentity: effective === '' && (side === 'left' ? facts.isLeftExact : facts.isRightExact),
  };
}

/** The equality of a node that names an operator and the collation it works with. */
export function equalityIn(node: PgNode, side: 'left' | 'right', catalogue: Catalogue): Equality | null {
  return equalityOf(
    String(nodeNumber(node, 'opno')),
    String(nodeNumber(node, 'inputcollid')),
    side,
    catalogue,
  );
}

/** Whether values that are equal by one of these are equal by the other too. */
export function implies(known: readonly Equality[], wanted: Equality): boolean {
  return known.some(
    ({ families, collation, isIdentity }) =>
      isIdentity ||
      (collation === wanted.collation && families.some((family) => wanted.families.includes(family))),
  );
}

/** The equality that a unique index forbids. */
export function equalityOfKey({ family, collation }: KeyColumn, catalogue: Catalogue): Equality {
  return { families: [family], collation: effectiveCollation(collation, catalogue), isIdentity: false };
}

/** All deterministic collations tell the same values apart. */
function effectiveCollation(collation: string, catalogue: Catalogue): string {
  return catalogue.nondeterministicCollations.includes(collation) ? collation : '';
}
