import type { RecipeContent } from '@chompardo/sdk';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent, type ReactElement } from 'react';

import { Link } from '../../app/navigation.tsx';
import { SignedOutError } from '../../identity/session.ts';
import type { Saved } from '../data/save.ts';
import { contentOfDraft, type Draft } from './draft.ts';
import { ErrorSummary } from './error-summary.tsx';
import { FieldErrorsContext, toFieldErrors } from './field-errors.ts';
import { Field } from './field.tsx';
import { IngredientRows } from './ingredient-rows.tsx';
import { StepRows } from './step-rows.tsx';
import { TagsField } from './tags-field.tsx';
import { useUnsavedGuard } from './use-unsaved-guard.ts';
import { VisibilityField } from './visibility-field.tsx';

/** Writes or edits a recipe. The API judges what is in it; its pointers say where its answer belongs. */
export function RecipeForm(props: {
  readonly initial: Draft;
  readonly saveLabel: string;
  readonly cancelPath: string;
  readonly save: (content: RecipeContent) => Promise<Saved>;
  /** After a save that was not refused; with what was sent. */
  readonly onSettled: (saved: Exclude<Saved, { kind: 'refused' }>, content: RecipeContent) => void;
}): ReactElement {
  const { initial, saveLabel, cancelPath, save, onSettled } = props;
  const [draft, setDraft] = useState(initial);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const saving = useMutation({
    mutationFn: save,
    onSuccess: (saved, content) => {
      if (saved.kind !== 'refused') onSettled(saved, content);
    },
  });
  const refusal = saving.data?.kind === 'refused' ? saving.data : undefined;
  const errors = useMemo(() => toFieldErrors(refusal?.errors ?? []), [refusal]);
  useUnsavedGuard(draft !== initial && saving.data?.kind !== 'saved');

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate(contentOfDraft(draft));
  };

  return (
    <FieldErrorsContext value={errors.fields}>
      <form className="form" onSubmit={onSubmit} noValidate>
        {refusal && <ErrorSummary detail={refusal.detail} fields={errors.fields} rest={errors.rest} />}
        <section className="panel stack">
          <Field
            label="Title"
            pointer="/title"
            isRequired
            maxLength={200}
            placeholder="Soup of roasted tomatoes"
            value={draft.title}
            onChange={(title) => change({ title })}
          />
          <Field
            label="Description"
            pointer="/description"
            isLong
            maxLength={4000}
            placeholder="What it is, and why one would cook it"
            value={draft.description}
            onChange={(description) => change({ description })}
          />
          <div className="form__numbers">
            <Field
              label="Servings"
              pointer="/servings"
              isRequired
              inputMode="numeric"
              value={draft.servings}
              onChange={(servings) => change({ servings })}
            />
            <Field
              label="Preparation"
              pointer="/prepMinutes"
              inputMode="numeric"
              suffix="min"
              value={draft.prepMinutes}
              onChange={(prepMinutes) => change({ prepMinutes })}
            />
            <Field
              label="Cooking"
              pointer="/cookMinutes"
              inputMode="numeric"
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
        {saving.isError && (
          <p className="summary" role="alert">
            {saving.error instanceof SignedOutError
              ? saving.error.message
              : 'It could not be saved: the kitchen does not answer. What you wrote is still here; try again.'}
          </p>
        )}
        <div className="form__buttons">
          <button
            type="submit"
            className="button button--primary button--large"
            aria-disabled={saving.isPending}
          >
            {saving.isPending ? 'Saving…' : saveLabel}
          </button>
          <Link href={cancelPath} className="button button--quiet button--large">
            Cancel
          </Link>
        </div>
      </form>
    </FieldErrorsContext>
  );
}
