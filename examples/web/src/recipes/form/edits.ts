import { useUserId } from '../../identity/session.ts';
import { createStore, useStore } from '../../ui/store.ts';
import { isAnythingSaving } from '../data/optimistic.ts';
import type { VersionedRecipe } from '../data/queries.ts';
import type { Saved } from '../data/save.ts';
import { draftOf, withNewKeys, type Draft } from './draft.ts';

/** Why something could not be saved. `failed`: the API was not reached, or had no answer to it; `message` says so. */
export type SaveFailure =
  | Exclude<Saved, { readonly kind: 'saved' }>
  | { readonly kind: 'failed'; readonly message: string };

/** Something that is written and not saved yet. */
export interface Edit {
  /** The version that it began from; undefined for a new recipe. */
  readonly opened: VersionedRecipe | undefined;
  /** What it began with. */
  readonly initial: Draft;
  /** What stands in the form. */
  readonly draft: Draft;
  /** How the last attempt to save it ended. */
  readonly failure: SaveFailure | undefined;
  /** The last attempt to save it as a new recipe: the same text keeps its key, so that it is not saved twice. */
  readonly sent: { readonly body: string; readonly key: string } | undefined;
}

const STORED = 'unsaved-recipes';

/** Names an edit: whose it is, and of which recipe. */
export type EditKey = string;

/**
 * Edits are kept when the user leaves the page of the form, to look something up or while a save is under way that may fail, and when
 * the tab is reloaded.
 */
const edits = createStore<ReadonlyMap<EditKey, Edit>>(storedEdits());
edits.subscribe(() => {
  const unsaved = [...edits.get()].filter(([, { draft, initial }]) => draft !== initial);
  try {
    sessionStorage.setItem(STORED, JSON.stringify(unsaved));
  } catch {
    // The browser has no storage, or no room in it: the edits are lost with the tab, and not before.
  }
});

function storedEdits(): ReadonlyMap<EditKey, Edit> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this module wrote it, in this tab
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? '[]') as readonly [EditKey, Edit][];
    return new Map(
      stored.map(([key, edit]) => [
        key,
        { ...edit, initial: withNewKeys(edit.initial), draft: withNewKeys(edit.draft) },
      ]),
    );
  } catch {
    return new Map();
  }
}

/** The key of the user's edit of a recipe; of their new one, without. */
export function useEditKey(recipeId: string | undefined): EditKey {
  return `${useUserId() ?? ''} ${recipeId ?? ''}`;
}

/** The edit of that key; undefined when nothing has been typed. */
export function useEdit(key: EditKey): Edit | undefined {
  return useStore(edits).get(key);
}

/** The same, outside of components. */
export function findEdit(key: EditKey): Edit | undefined {
  return edits.get().get(key);
}

/** Stores an edit until it is saved or given up. */
export function storeEdit(key: EditKey, edit: Edit): void {
  edits.set(new Map(edits.get()).set(key, edit));
}

/** Discards an edit. */
export function discardEdit(key: EditKey): void {
  const others = new Map(edits.get());
  if (others.delete(key)) edits.set(others);
}

/** Begins to edit a recipe. */
export function beginEdit(opened: VersionedRecipe): Edit {
  const draft = draftOf(opened.recipe);
  return { ...beginNew(draft), opened };
}

/** Begins to write a new recipe. */
export function beginNew(draft: Draft): Edit {
  return { opened: undefined, initial: draft, draft, failure: undefined, sent: undefined };
}

// While there is something to lose, the browser asks before it leaves the app.
window.addEventListener('beforeunload', (event) => {
  const isUnsaved = [...edits.get().values()].some(({ draft, initial }) => draft !== initial);
  if (isUnsaved || isAnythingSaving()) event.preventDefault();
});
