import type { RecipeContent } from '@chompardo/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { navigate } from '../../app/navigation.tsx';
import { paths } from '../../app/routes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { readRecipe, type VersionedRecipe } from '../data/queries.ts';
import { keepSaved, saveWhole } from '../data/save.ts';
import { contentOf } from './content.ts';
import { differences, type Line } from './differences.ts';

/** Somebody changed the recipe since it was read: shows how the two differ, and lets the user decide. */
export function ConflictDialog(props: {
  readonly recipeId: string;
  readonly mine: RecipeContent;
  /** The user takes the other version. */
  readonly onReloaded: (theirs: VersionedRecipe) => void;
  /** The user's version is the recipe's now. */
  readonly onSaved: (saved: VersionedRecipe) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { recipeId, mine, onReloaded, onSaved, onCancel } = props;
  const client = useQueryClient();
  const { data: theirs, refetch } = useQuery({
    queryKey: ['conflict', recipeId],
    queryFn: ({ signal }) => readRecipe(recipeId, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const overwrite = useMutation({
    mutationFn: (etag: string) => saveWhole(recipeId, etag, mine),
    onSuccess: async (saved) => {
      if (saved.kind === 'saved') {
        keepSaved(client, saved);
        onSaved(saved);
      } else {
        // Changed once more meanwhile: show the newest.
        await refetch();
      }
    },
  });
  if (theirs === null) {
    return (
      <Dialog title="Somebody deleted this recipe" onCancel={onCancel}>
        <p>What you wrote is still here. You can keep it as a new recipe from the form.</p>
        <div className="dialog__buttons">
          <button type="button" className="button button--primary" onClick={onCancel}>
            Keep editing
          </button>
          <button type="button" className="button" onClick={() => navigate(paths.list)}>
            Go to all recipes
          </button>
        </div>
      </Dialog>
    );
  }
  const reload = (current: VersionedRecipe): void => {
    keepSaved(client, current);
    onReloaded(current);
    showToast({ text: 'You see the newest version.' });
  };
  return (
    <Dialog title="Someone changed this recipe" onCancel={onCancel} isWide>
      <p>
        It was saved from another place after you opened it. Nothing is lost yet: this is where the two
        differ.
      </p>
      {theirs === undefined ? (
        <p role="status">Fetching the newest version…</p>
      ) : (
        <>
          <Comparison mine={mine} theirs={contentOf(theirs.recipe)} />
          <div className="dialog__buttons">
            <button
              type="button"
              className="button button--primary"
              disabled={overwrite.isPending}
              onClick={() => overwrite.mutate(theirs.etag)}
            >
              Overwrite with mine
            </button>
            <button type="button" className="button" onClick={() => reload(theirs)}>
              Reload theirs
            </button>
            <button type="button" className="button button--quiet" onClick={onCancel}>
              Keep editing
            </button>
          </div>
          {overwrite.isError && (
            <p className="field__error" role="alert">
              It could not be saved just now. Try again.
            </p>
          )}
        </>
      )}
    </Dialog>
  );
}

function Comparison({
  mine,
  theirs,
}: {
  readonly mine: RecipeContent;
  readonly theirs: RecipeContent;
}): ReactElement {
  const found = differences(mine, theirs);
  if (found.length === 0) return <p>Both say the same by now: it does not matter which you keep.</p>;
  return (
    <div className="comparison" tabIndex={0} role="region" aria-label="Differences">
      {found.map(({ part, mine: left, theirs: right }) => (
        <section key={part} className="comparison__part">
          <h3>{part}</h3>
          <Side name="Yours" lines={left} />
          <Side name="Theirs" lines={right} />
        </section>
      ))}
    </div>
  );
}

function Side({
  name,
  lines,
}: {
  readonly name: 'Yours' | 'Theirs';
  readonly lines: readonly Line[];
}): ReactElement {
  return (
    <div className={`comparison__side comparison__side--${name.toLowerCase()}`}>
      <h4>{name}</h4>
      {lines.length === 0 && <p className="comparison__none">Nothing</p>}
      <ul>
        {lines.map(({ text, isOnlyHere }, index) => (
          <li key={`${index}-${text}`}>{isOnlyHere ? <mark>{text}</mark> : text}</li>
        ))}
      </ul>
    </div>
  );
}
