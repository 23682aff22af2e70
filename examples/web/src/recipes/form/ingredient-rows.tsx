import { ingredientFields } from '@chompardo/sdk/forms';
import type { KeyboardEvent, ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { emptyIngredient, type IngredientDraft } from './draft.ts';
import { fieldId } from './field-errors.ts';
import { Field, GroupError } from './field.tsx';
import { RowTools } from './row-tools.tsx';
import { useFocusOf } from '../../ui/use-focus-of.ts';

/** The ingredients, one a row: quantity, unit, what it is, and a note. */
export function IngredientRows(props: {
  readonly rows: readonly IngredientDraft[];
  readonly onChange: (rows: readonly IngredientDraft[]) => void;
}): ReactElement {
  const { rows, onChange } = props;
  const focusLater = useFocusOf();
  const add = (): void => {
    onChange([...rows, emptyIngredient()]);
    focusLater(fieldId(`/ingredients/${rows.length}/quantity`));
  };
  return (
    <fieldset className="rows">
      <legend>Ingredients</legend>
      <p className="field__hint">
        Quantities such as 1.5, ½ or “a pinch”; the note is for “diced” or “at room temperature”.
      </p>
      <GroupError pointer="/ingredients" />
      {rows.map((row, index) => {
        const set = (part: Partial<IngredientDraft>): void => onChange(rows.with(index, { ...row, ...part }));
        const pointer = `/ingredients/${index}`;
        // Enter goes on to the next ingredient, as in a list that one writes by hand.
        const onKeyDown = (event: KeyboardEvent): void => {
          const isPlain = !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing;
          if (event.key !== 'Enter' || !isPlain || !(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          if (index < rows.length - 1) {
            const next = fieldId(`/ingredients/${index + 1}/quantity`);
            document.querySelector<HTMLElement>(`#${CSS.escape(next)}`)?.focus();
          } else if (row.name.trim() !== '') add();
        };
        return (
          <div
            key={row.key}
            className="rows__row rows__row--ingredient"
            role="group"
            aria-label={`Ingredient ${index + 1}`}
            onKeyDown={onKeyDown}
          >
            <Field
              label="Quantity"
              isLabelHidden
              pointer={`${pointer}/quantity`}
              placeholder="Quantity"
              limits={ingredientFields.quantity}
              inputMode="decimal"
              value={row.quantity}
              onChange={(quantity) => set({ quantity })}
            />
            <Field
              label="Unit"
              isLabelHidden
              pointer={`${pointer}/unit`}
              placeholder="Unit"
              limits={ingredientFields.unit}
              value={row.unit}
              onChange={(unit) => set({ unit })}
            />
            <Field
              label="Name"
              isLabelHidden
              pointer={`${pointer}/name`}
              placeholder="Ingredient"
              limits={ingredientFields.name}
              value={row.name}
              onChange={(name) => set({ name })}
            />
            <Field
              label="Note"
              isLabelHidden
              pointer={`${pointer}/note`}
              placeholder="Note"
              limits={ingredientFields.note}
              value={row.note}
              onChange={(note) => set({ note })}
            />
            <RowTools what="ingredient" {...{ rows, index, onChange, focusLater }} />
          </div>
        );
      })}
      <button type="button" className="button" onClick={add}>
        <Icon name="plus" /> Add ingredient
      </button>
    </fieldset>
  );
}
