import type { ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';

/** Moves and removes a row of a list. */
export function RowTools<Row>(props: {
  /** What a row is, with its number: `ingredient 2`. */
  readonly what: string;
  readonly rows: readonly Row[];
  readonly index: number;
  readonly onChange: (rows: readonly Row[]) => void;
}): ReactElement {
  const { what, rows, index, onChange } = props;
  return (
    <div className="row-tools">
      <button
        type="button"
        className="icon-button"
        aria-label={`Move ${what} up`}
        disabled={index === 0}
        onClick={() => onChange(moved(rows, index, index - 1))}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Move ${what} down`}
        disabled={index === rows.length - 1}
        onClick={() => onChange(moved(rows, index, index + 1))}
      >
        <Icon name="down" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove ${what}`}
        disabled={rows.length === 1}
        onClick={() => onChange(rows.toSpliced(index, 1))}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function moved<Row>(rows: readonly Row[], from: number, to: number): readonly Row[] {
  const row = rows[from];
  return row === undefined ? rows : rows.toSpliced(from, 1).toSpliced(to, 0, row);
}
