import type { ReactElement } from 'react';

import { fractionSign, quantityText, showQuantity, type ShownQuantity } from './quantity.ts';

const HAIR_SPACE = '\u200A';

/** A quantity with its unit; fractions are set as fractions, and read out as `2 1/4`. */
export function QuantityView(props: {
  readonly fraction: string | undefined;
  readonly unit: string | undefined;
}): ReactElement | null {
  const { fraction, unit } = props;
  if (fraction === undefined) return unit === undefined ? null : <span className="quantity">{unit}</span>;
  const shown = showQuantity(fraction, unit);
  return (
    <span className="quantity">
      <span className="visually-hidden">{quantityText(shown)}</span>
      <span aria-hidden="true">
        {shown.whole}
        {shown.whole !== '' && shown.fraction && HAIR_SPACE}
        {shown.fraction && <Fraction {...shown.fraction} />}
      </span>
      {unit !== undefined && ` ${unit}`}
    </span>
  );
}

function Fraction(fraction: NonNullable<ShownQuantity['fraction']>): ReactElement {
  const sign = fractionSign(fraction);
  if (sign !== undefined) return <span className="fraction">{sign}</span>;
  return (
    <span className="fraction">
      <sup>{fraction.numerator}</sup>⁄<sub>{fraction.denominator}</sub>
    </span>
  );
}
