import type { RecipeContent } from '@chompardo/sdk';
import { useIsMutating, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';

import { navigate, usePageTitle } from '../../app/navigation.tsx';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { paths } from '../../app/routes.ts';
import { showToast } from '../../ui/toasts.tsx';
import { ConflictDialog } from '../conflict/conflict-dialog.tsx';
import { contentOf } from '../conflict/content.ts';
import { keys } from '../data/keys.ts';
import { useRecipe, type VersionedRecipe } from '../data/queries.ts';
import { keepSaved, saveNew, saveWhole, showEarly, type Saved } from '../data/save.ts';
import { LoadFailure } from '../load-failure.tsx';
import { RecipeSkeleton } from '../view/recipe-skeleton.tsx';
import { draftOf } from './draft.ts';
import { RecipeForm } from './recipe-form.tsx';

/** Edits a recipe. */
export function EditPage({ recipeId }: { readonly recipeId: string }): ReactElement {
  const state = useRecipe(recipeId);
  // What the user began to edit stays, whatever is read afterwards: its entity tag is what a conflict shows by.
  const [opened, setOpened] = useState<VersionedRecipe>();
  const [generation, setGeneration] = useState(0);
  // While a change of the user's own is under way, what is shown has no entity tag yet.
  const isChanging = useIsMutating({ mutationKey: keys.saving(recipeId) }) > 0;
  if (opened === undefined && state.kind === 'ready' && !isChanging) setOpened(state.current);
  if (opened !== undefined) {
    return (
      <EditForm
        key={generation}
        opened={opened}
        onReloaded={(theirs) => {
          setOpened(theirs);
          setGeneration(generation + 1);
        }}
      />
    );
  }
  if (state.kind === 'missing') return <NotFoundPage what="recipe" />;
  if (state.kind === 'ready') return <RecipeSkeleton />;
  return state.kind === 'loading' ? (
    <RecipeSkeleton />
  ) : (
    <LoadFailure what="The recipe" onRetry={state.retry} />
  );
}

function EditForm(props: {
  readonly opened: VersionedRecipe;
  readonly onReloaded: (theirs: VersionedRecipe) => void;
}): ReactElement {
  const { opened, onReloaded } = props;
  const { recipe, etag } = opened;
  const heading = usePageTitle(`Edit ${recipe.title}`);
  const client = useQueryClient();
  const [initial] = useState(() => draftOf(contentOf(recipe)));
  const [conflicting, setConflicting] = useState<RecipeContent>();
  const [isGone, setGone] = useState(false);

  const save = async (content: RecipeContent): Promise<Saved> => {
    if (isGone) return saveNew(content);
    // Whoever looks at the recipe's page meanwhile sees the change already.
    const takeBack = await showEarly(client, recipe.id, (before) => ({ ...before, ...content }));
    try {
      const saved = await saveWhole(recipe.id, etag, content);
      if (saved.kind !== 'saved') takeBack();
      return saved;
    } catch (error) {
      takeBack();
      throw error;
    }
  };
  const done = (saved: VersionedRecipe): void => {
    keepSaved(client, saved);
    showToast({ text: 'Saved.' });
    navigate(paths.recipe(saved.recipe.id), { replace: true });
  };
  return (
    <div className="narrow">
      <h1 ref={heading} tabIndex={-1}>
        Edit recipe
      </h1>
      {isGone && (
        <p className="summary" role="alert">
          Somebody deleted this recipe. What you wrote is still here: saving keeps it as a new recipe.
        </p>
      )}
      <RecipeForm
        initial={initial}
        saveLabel={isGone ? 'Save as a new recipe' : 'Save changes'}
        cancelPath={paths.recipe(recipe.id)}
        save={save}
        onSettled={(saved, content) => {
          if (saved.kind === 'saved') done(saved);
          else if (saved.kind === 'conflict') setConflicting(content);
          else setGone(true);
        }}
      />
      {conflicting && (
        <ConflictDialog
          recipeId={recipe.id}
          mine={conflicting}
          onReloaded={onReloaded}
          onSaved={done}
          onCancel={() => setConflicting(undefined)}
        />
      )}
    </div>
  );
}
