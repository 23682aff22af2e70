import { ApiError, AuthError, CallError } from '@chompardo/sdk';

import { currentPath, navigate } from '../../app/navigation.tsx';
import { paths } from '../../app/routes.ts';
import { IdentityError } from '../../identity/identity-api.ts';
import { SignedOutError } from '../../identity/session.ts';
import { showToast } from '../../ui/toasts.tsx';
import { canBeShown, completed } from '../data/content.ts';
import { showOptimistically } from '../data/optimistic.ts';
import { cacheSaved } from '../data/cache.ts';
import type { VersionedRecipe } from '../data/queries.ts';
import { saveNew, saveWhole, type Saved } from '../data/save.ts';
import { contentOfDraft } from './draft.ts';
import {
  beginEdit,
  findEdit,
  discardEdit,
  storeEdit,
  type Edit,
  type EditKey,
  type SaveFailure,
} from './edits.ts';

/**
 * Saves an edit of a recipe. Its page shows the recipe as it will be before the API has answered; when the API does not keep
 * it, the page shows it as it was, and the form comes back with all that was typed. What cannot be a valid recipe is not shown
 * before: the form waits for the answer of the API.
 */
export async function saveChanges(key: EditKey, edit: Edit, opened: VersionedRecipe): Promise<void> {
  const { id } = opened.recipe;
  const content = contentOfDraft(edit.draft);
  const [page, form] = [paths.recipe(id), paths.edit(id)];
  const isOptimistic = canBeShown(content);
  const save = async (): Promise<boolean> => {
    const saved = await attempt(key, edit, () => saveWhole(id, opened.etag, content));
    // After an optimistic change, a user who is at the form again has come to edit it once more: it stays open.
    if (saved !== undefined) finish(key, edit, saved, isOptimistic ? undefined : form);
    return saved !== undefined;
  };
  storeEdit(key, { ...edit, failure: undefined });
  if (isOptimistic) navigate(page, { replace: true });
  if (await (isOptimistic ? showOptimistically(id, completed(content), save) : save())) return;
  if (currentPath() === page) {
    navigate(form, { replace: true });
  } else if (currentPath() !== form) {
    showToast({
      text: `“${content.title}” is not saved yet.`,
      action: { label: 'See why', run: () => navigate(form) },
    });
  }
}

/** Saves an edit as a new recipe; the form waits. */
export async function saveAsNew(key: EditKey, edit: Edit): Promise<void> {
  const content = contentOfDraft(edit.draft);
  const body = JSON.stringify(content);
  const sent = edit.sent?.body === body ? edit.sent : { body, key: crypto.randomUUID() };
  const form = edit.opened === undefined ? paths.create : paths.edit(edit.opened.recipe.id);
  storeEdit(key, { ...edit, sent, failure: undefined });
  const saved = await attempt(key, edit, () => saveNew(content, sent.key));
  if (saved !== undefined) finish(key, edit, saved, form);
}

/** The recipe as stored; undefined when it was not stored, and then the edit says why. */
async function attempt(
  key: EditKey,
  edit: Edit,
  save: () => Promise<Saved>,
): Promise<VersionedRecipe | undefined> {
  let failure: SaveFailure;
  try {
    const saved = await save();
    if (saved.kind === 'saved') {
      cacheSaved(saved);
      return saved;
    }
    failure = saved;
  } catch (thrown) {
    // What the session says of itself comes through the SDK, which asked it for a token.
    const error = thrown instanceof AuthError ? thrown.cause : thrown;
    const isKnown =
      error instanceof CallError || error instanceof IdentityError || error instanceof SignedOutError;
    if (!isKnown) reportError(error);
    failure = { kind: 'failed', message: reasonOf(error) };
  }
  storeEdit(key, { ...(findEdit(key) ?? edit), failure });
  return undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof SignedOutError || error instanceof IdentityError) return error.message;
  if (error instanceof ApiError) return error.problem?.detail ?? 'The kitchen has no answer to this.';
  return navigator.onLine ? 'The kitchen does not answer.' : 'You are offline.';
}

/** `form` is the page that has waited for the answer, and leads on to the recipe. */
function finish(key: EditKey, edit: Edit, saved: VersionedRecipe, form: string | undefined): void {
  const now = findEdit(key);
  if (now !== undefined && now.draft !== edit.draft) {
    storeEdit(key, { ...beginEdit(saved), draft: now.draft });
    showToast({ text: 'Saved, but for what you have written since.' });
    return;
  }
  discardEdit(key);
  showToast({ text: 'Saved.' });
  if (currentPath() === form) navigate(paths.recipe(saved.recipe.id), { replace: true });
}
