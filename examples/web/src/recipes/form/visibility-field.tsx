import { RecipeVisibility } from '@chompardo/sdk';
import type { ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { VISIBILITIES } from '../view/visibility.ts';

/** Who may read the recipe. */
export function VisibilityField(props: {
  readonly value: RecipeVisibility;
  readonly onChange: (value: RecipeVisibility) => void;
}): ReactElement {
  const { value, onChange } = props;
  return (
    <fieldset className="choices">
      <legend>Who may read it</legend>
      {Object.values(RecipeVisibility).map((name) => (
        <label key={name} className="choice">
          <input
            type="radio"
            name="visibility"
            value={name}
            checked={value === name}
            onChange={() => onChange(name)}
          />
          <Icon name={VISIBILITIES[name].icon} />
          <span>
            <strong>{VISIBILITIES[name].name}</strong>
            <span className="choice__hint">{VISIBILITIES[name].hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
