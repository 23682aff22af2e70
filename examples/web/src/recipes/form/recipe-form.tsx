import { recipeContentFields } from '@chompardo/sdk/forms';
import { useMemo, useState, type FormEvent, type KeyboardEvent, type ReactElement } from 'react';

import { Link, navigate } from '../../app/navigation.tsx';
import { isSameContent } from '../data/content.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { contentOfDraft, type Draft } from './draft.ts';
import type { Edit } from './edits.ts';
import { FieldErrorsContext, toFieldErrors } from './field-errors.ts';
import { Field } from './field.tsx';
import { IngredientRows } from './ingredient-rows.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { StepRows } from './step-rows.tsx';
import { TagsField } from './tags-field.tsx';
import { VisibilityField } from './visibility-field.tsx';

/** Writes or edits a recipe. The API judges what is in it; its pointers say where its answer belongs. */
export function RecipeForm(props: {
  readonly edit: Edit;
  readonly saveLabel: string;
  readonly cancelPath: string;
  readonly onChange: (draft: Draft) => void;
  readonly onSave: () => Promise<void>;
  /** The user gives up what is typed. */
  readonly onCancel: () => void;
}): ReactElement {
  const { edit, saveLabel, cancelPath, onChange, onSave, onCancel } = props;
  const { draft, failure } = edit;
  const [isSaving, setSaving] = useState(false);
  const change = (part: Partial<Draft>): void => onChange({ ...draft, ...part });
  const errors = useMemo(() => toFieldErrors(failure?.kind === 'refused' ? failure.errors : []), [failure]);

  const save = async (): Promise<void> => {
    setSaving(true);
    await onSave();
    setSaving(false);
  };
  const [isLeaving, setLeaving] = useState(false);
  const onSubmit = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault();
    if (!isSaving) void save();
  };

  // Enter is easily pressed in the middle of a recipe: it does not send what is half written. With Ctrl or Command it does.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    const isMeant = event.ctrlKey || event.metaKey;
    if (isMeant) onSubmit(event);
    else if (event.target instanceof HTMLInputElement && event.target.type === 'text') event.preventDefault();
  };
  const cancel = (): void => {
    onCancel();
    navigate(cancelPath);
  };

  return (
    <FieldErrorsContext value={errors.fields}>
      <form className="form" onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
        {failure && failure.kind !== 'conflict' && <FailureNotice failure={failure} errors={errors} />}
        <section className="panel stack">
          <Field
            label="Title"
            pointer="/title"
            limits={recipeContentFields.title}
            placeholder="Soup of roasted tomatoes"
            value={draft.title}
            onChange={(title) => change({ title })}
          />
          <Field
            label="Description"
            pointer="/description"
            isLong
            limits={recipeContentFields.description}
            placeholder="What it is, and why one would cook it"
            value={draft.description}
            onChange={(description) => change({ description })}
          />
          <div className="form__numbers">
            <Field
              label="Servings"
              pointer="/servings"
              limits={recipeContentFields.servings}
              value={draft.servings}
              onChange={(servings) => change({ servings })}
            />
            <Field
              label="Preparation"
              pointer="/prepMinutes"
              limits={recipeContentFields.prepMinutes}
              suffix="min"
              value={draft.prepMinutes}
              onChange={(prepMinutes) => change({ prepMinutes })}
            />
            <Field
              label="Cooking"
              pointer="/cookMinutes"
              limits={recipeContentFields.cookMinutes}
              suffix="min"
              value={draft.cookMinutes}
              onChange={(cookMinutes) => change({ cookMinutes })}
            />
          </div>
          <TagsField tags={draft.tags} onChange={(tags) => change({ tags })} />
        </section>
        <section className="panel">
          <IngredientRows rows={draft.ingredients} onChange={(ingredients) => change({ ingredients })} />
        </section>
        <section className="panel">
          <StepRows rows={draft.steps} onChange={(steps) => change({ steps })} />
        </section>
        <section className="panel">
          <VisibilityField value={draft.visibility} onChange={(visibility) => change({ visibility })} />
        </section>
        <div className="form__buttons">
          <button type="submit" className="button button--primary button--large" aria-disabled={isSaving}>
            {isSaving ? 'Saving…' : saveLabel}
          </button>
          <Link
            href={cancelPath}
            onClick={(event) => {
              // What was typed and taken back is nothing to lose.
              if (isSameContent(contentOfDraft(draft), contentOfDraft(edit.initial))) {
                onCancel();
                return;
              }
              event.preventDefault();
              setLeaving(true);
            }}
            className="button button--quiet button--large"
          >
            Cancel
          </Link>
        </div>
        {isLeaving && <DiscardDialog onKeep={() => setLeaving(false)} onDiscard={cancel} />}
      </form>
    </FieldErrorsContext>
  );
}
