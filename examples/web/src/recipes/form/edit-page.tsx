import { useState, type ReactElement } from 'react';

import { usePageTitle } from '../../app/navigation.tsx';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { paths } from '../../app/routes.ts';
import { useUserId } from '../../identity/session.ts';
import { showToast } from '../../ui/toasts.tsx';
import { ConflictDialog } from '../conflict/conflict-dialog.tsx';
import { cacheSaved } from '../data/cache.ts';
import { useRecipe, type VersionedRecipe } from '../data/queries.ts';
import { LoadFailure } from '../load-failure.tsx';
import { RecipeSkeleton } from '../view/recipe-skeleton.tsx';
import { beginEdit, discardEdit, storeEdit, useEdit, useEditKey, type Edit, type EditKey } from './edits.ts';
import { RecipeForm } from './recipe-form.tsx';
import { Resumed } from './resumed.tsx';
import { saveAsNew, saveChanges } from './save-edit.ts';

/** Edits a recipe. */
export function EditPage({ recipeId }: { readonly recipeId: string }): ReactElement {
  const userId = useUserId();
  const key = useEditKey(recipeId);
  const state = useRecipe(recipeId);
  const held = useEdit(key);
  // The version that the user began to edit stays, even when a newer one is read: the API finds a conflict by its entity tag.
  const [fresh, setFresh] = useState<Edit>();
  const isSaving = state.kind === 'ready' && state.isSaving;
  const edit = held ?? fresh;
  if (edit === undefined && state.kind === 'ready' && !isSaving) setFresh(beginEdit(state.current));
  if (edit?.opened !== undefined && !isSaving) {
    const { opened } = edit;
    if (opened.recipe.author !== userId) return <NotFoundPage what="edit" />;
    return <EditForm editKey={key} edit={edit} opened={opened} onBegin={setFresh} />;
  }
  if (state.kind === 'missing') return <NotFoundPage what="recipe" />;
  return state.kind === 'failed' ? (
    <LoadFailure what="The recipe" heading="h1" onRetry={state.retry} />
  ) : (
    <RecipeSkeleton />
  );
}

function EditForm(props: {
  readonly editKey: EditKey;
  readonly edit: Edit;
  readonly opened: VersionedRecipe;
  /** The user begins again, with the newest version or with what was there at first. */
  readonly onBegin: (edit: Edit | undefined) => void;
}): ReactElement {
  const { editKey, edit, opened, onBegin } = props;
  const { recipe } = opened;
  const heading = usePageTitle(`Edit ${recipe.title}`);
  const isGone = edit.failure?.kind === 'gone';
  const theirs = edit.failure?.kind === 'conflict' ? edit.failure.theirs : undefined;
  const beginAgain = (from: VersionedRecipe | undefined): void => {
    discardEdit(editKey);
    onBegin(from && beginEdit(from));
  };
  return (
    <div className="narrow">
      <h1 ref={heading} tabIndex={-1}>
        Edit recipe
      </h1>
      <Resumed edit={edit} onStartOver={() => beginAgain(undefined)} />
      <RecipeForm
        edit={edit}
        saveLabel={isGone ? 'Save as a new recipe' : 'Save changes'}
        cancelPath={isGone ? paths.list : paths.recipe(recipe.id)}
        onChange={(draft) => storeEdit(editKey, { ...edit, draft })}
        onSave={() => (isGone ? saveAsNew(editKey, edit) : saveChanges(editKey, edit, opened))}
        onCancel={() => discardEdit(editKey)}
      />
      {theirs && (
        <ConflictDialog
          key={theirs.etag}
          opened={opened}
          draft={edit.draft}
          theirs={theirs}
          onReload={() => {
            cacheSaved(theirs);
            beginAgain(theirs);
            showToast({ text: 'You see the newest version.' });
          }}
          onSave={(draft) => void saveChanges(editKey, { ...edit, draft }, theirs)}
          onCancel={() => storeEdit(editKey, { ...edit, failure: undefined })}
        />
      )}
    </div>
  );
}
