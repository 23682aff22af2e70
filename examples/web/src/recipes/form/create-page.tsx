import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';

import { navigate, usePageTitle } from '../../app/navigation.tsx';
import { paths } from '../../app/routes.ts';
import { showToast } from '../../ui/toasts.tsx';
import { keepSaved, saveNew } from '../data/save.ts';
import { emptyDraft } from './draft.ts';
import { RecipeForm } from './recipe-form.tsx';

/** Writes a new recipe. */
export function CreatePage(): ReactElement {
  const heading = usePageTitle('New recipe');
  const client = useQueryClient();
  const [initial] = useState(emptyDraft);
  return (
    <div className="narrow">
      <h1 ref={heading} tabIndex={-1}>
        New recipe
      </h1>
      <RecipeForm
        initial={initial}
        saveLabel="Save recipe"
        cancelPath={paths.list}
        save={saveNew}
        onSettled={(saved) => {
          if (saved.kind !== 'saved') return;
          keepSaved(client, saved);
          showToast({ text: 'Saved.' });
          navigate(paths.recipe(saved.recipe.id));
        }}
      />
    </div>
  );
}
