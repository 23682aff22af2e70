import type { NumberField, TextField } from '@chompardo/sdk/forms';
import type { ReactElement } from 'react';

import { fieldId, useFieldError } from './field-errors.ts';

interface FieldProps {
  readonly label: string;
  /** The JSON pointer of the member that this edits; errors that name it stand here. */
  readonly pointer: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly placeholder?: string;
  /** What the contract says of the member; what is typed may be written otherwise than it is sent. */
  readonly limits: TextField | NumberField;
  /** For a number that is sent as text. */
  readonly inputMode?: 'decimal';
  readonly suffix?: string;
  /** Grows with its text. */
  readonly isLong?: boolean;
  /** The label is for screen readers only: the column has a heading. */
  readonly isLabelHidden?: boolean;
}

/** A labelled field with its hint and its error. */
export function Field(props: FieldProps): ReactElement {
  const { label, pointer, value, onChange, hint, suffix, limits } = props;
  const { isLong = false, isLabelHidden = false } = props;
  // Fields that stand side by side have their errors below all of them.
  const isNamed = 'step' in limits || (isLabelHidden && !isLong);
  const error = useFieldError(pointer);
  const id = fieldId(pointer);
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  const describedBy = [hint !== undefined && hintId, error !== undefined && errorId]
    .filter(Boolean)
    .join(' ');
  const control = {
    id,
    value,
    placeholder: props.placeholder,
    maxLength: 'step' in limits ? undefined : limits.maxLength,
    'aria-invalid': error !== undefined,
    'aria-required': limits.required || undefined,
    'aria-describedby': describedBy === '' ? undefined : describedBy,
  };
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : 'field__label'}>
        {label}
      </label>
      {isLong ? (
        <textarea {...control} rows={3} onChange={({ target }) => onChange(target.value)} />
      ) : (
        <span className="field__control">
          <input
            {...control}
            type="text"
            autoComplete="off"
            inputMode={'step' in limits ? 'numeric' : props.inputMode}
            onChange={({ target }) => onChange(target.value)}
          />
          {suffix !== undefined && (
            <span className="field__suffix" aria-hidden="true">
              {suffix}
            </span>
          )}
        </span>
      )}
      {hint !== undefined && (
        <span id={hintId} className="field__hint">
          {hint}
        </span>
      )}
      {error !== undefined && (
        <span id={errorId} className="field__error">
          {isNamed && `${label}: `}
          {error}
        </span>
      )}
    </div>
  );
}

/** The error of a whole list. */
export function GroupError({ pointer }: { readonly pointer: string }): ReactElement | null {
  const error = useFieldError(pointer);
  if (error === undefined) return null;
  return (
    <p id={fieldId(pointer)} tabIndex={-1} className="field__error">
      {error}
    </p>
  );
}
