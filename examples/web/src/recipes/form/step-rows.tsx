import { recipeContentFields } from '@chompardo/sdk/forms';
import type { ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { emptyStep, type StepDraft } from './draft.ts';
import { fieldId } from './field-errors.ts';
import { Field, GroupError } from './field.tsx';
import { RowTools } from './row-tools.tsx';
import { useFocusOf } from '../../ui/use-focus-of.ts';

/** The steps, in their order. */
export function StepRows(props: {
  readonly rows: readonly StepDraft[];
  readonly onChange: (rows: readonly StepDraft[]) => void;
}): ReactElement {
  const { rows, onChange } = props;
  const focusLater = useFocusOf();
  const add = (): void => {
    onChange([...rows, emptyStep()]);
    focusLater(fieldId(`/steps/${rows.length}`));
  };
  return (
    <fieldset className="rows">
      <legend>Method</legend>
      <GroupError pointer="/steps" />
      {rows.map((row, index) => (
        <div key={row.key} className="rows__row rows__row--step">
          <span className="rows__number" aria-hidden="true">
            {index + 1}
          </span>
          <Field
            label={`Step ${index + 1}`}
            isLabelHidden
            isLong
            pointer={`/steps/${index}`}
            placeholder={index === 0 ? 'Roast the tomatoes for 30 minutes at 200 °C.' : 'And then?'}
            limits={recipeContentFields.steps.item}
            value={row.text}
            onChange={(text) => onChange(rows.with(index, { ...row, text }))}
          />
          <RowTools what="step" {...{ rows, index, onChange, focusLater }} />
        </div>
      ))}
      <button type="button" className="button" onClick={add}>
        <Icon name="plus" /> Add step
      </button>
    </fieldset>
  );
}
