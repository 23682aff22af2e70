import type { ReactElement } from 'react';

import { Icon, type IconName } from '../../ui/icon.tsx';

interface Tool<Row> {
  readonly name: 'up' | 'down' | 'remove';
  readonly label: string;
  readonly icon: IconName;
  readonly isOff: boolean;
  /** The rows afterwards, and where the focus belongs among them. */
  readonly change: () => { readonly rows: readonly Row[]; readonly focus: number };
}

/** Moves and removes a row of a list; the focus goes with the row, or to the one that takes its place. */
export function RowTools<Row>(props: {
  /** What a row is: `ingredient`. */
  readonly what: string;
  readonly rows: readonly Row[];
  readonly index: number;
  readonly onChange: (rows: readonly Row[]) => void;
  /** Of the list: gives the focus to an element by its id, once it is there. */
  readonly focusLater: (id: string) => void;
}): ReactElement {
  const { what, rows, index, onChange, focusLater } = props;
  const [number, last] = [index + 1, rows.length - 1];
  const tools: readonly Tool<Row>[] = [
    {
      name: 'up',
      label: `Move ${what} ${number} up`,
      icon: 'up',
      isOff: index === 0,
      change: () => ({ rows: moved(rows, index, index - 1), focus: index - 1 }),
    },
    {
      name: 'down',
      label: `Move ${what} ${number} down`,
      icon: 'down',
      isOff: index === last,
      change: () => ({ rows: moved(rows, index, index + 1), focus: index + 1 }),
    },
    {
      name: 'remove',
      label: `Remove ${what} ${number}`,
      icon: 'close',
      isOff: rows.length === 1,
      change: () => ({ rows: rows.toSpliced(index, 1), focus: Math.min(index, last - 1) }),
    },
  ];
  return (
    <div className="row-tools">
      {tools.map(({ name, label, icon, isOff, change }) => (
        <button
          key={name}
          type="button"
          id={`${what}-${index}-${name}`}
          className="icon-button"
          aria-label={label}
          aria-disabled={isOff}
          onClick={() => {
            if (isOff) return;
            const after = change();
            onChange(after.rows);
            focusLater(`${what}-${after.focus}-${name}`);
          }}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}

function moved<Row>(rows: readonly Row[], from: number, to: number): readonly Row[] {
  const row = rows[from];
  return row === undefined ? rows : rows.toSpliced(from, 1).toSpliced(to, 0, row);
}
