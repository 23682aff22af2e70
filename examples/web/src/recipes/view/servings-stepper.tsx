import { useState, type ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { SERVINGS } from './use-servings.ts';

/** Chooses servings: one less, one more, or any number typed. */
export function ServingsStepper(props: {
  readonly servings: number;
  readonly onChange: (servings: number) => void;
}): ReactElement {
  const { servings, onChange } = props;
  const [typed, setTyped] = useState<string>();
  return (
    <div className="stepper" role="group" aria-label="Servings">
      <button
        type="button"
        aria-label="One serving less"
        aria-disabled={servings <= SERVINGS.min}
        onClick={() => onChange(servings - 1)}
      >
        <Icon name="minus" />
      </button>
      <label>
        <span className="visually-hidden">Servings</span>
        <input
          type="number"
          inputMode="numeric"
          min={SERVINGS.min}
          max={SERVINGS.max}
          value={typed ?? servings}
          onChange={({ target }) => {
            setTyped(target.value);
            onChange(Number(target.value));
          }}
          onBlur={() => setTyped(undefined)}
        />
      </label>
      <button
        type="button"
        aria-label="One serving more"
        aria-disabled={servings >= SERVINGS.max}
        onClick={() => onChange(servings + 1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
