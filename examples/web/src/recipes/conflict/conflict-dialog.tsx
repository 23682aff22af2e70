import { useState, type ReactElement } from 'react';

import { Dialog } from '../../ui/dialog.tsx';
import { contentOf } from '../data/content.ts';
import type { VersionedRecipe } from '../data/queries.ts';
import { contentOfDraft, draftOf, type Draft } from '../form/draft.ts';
import { differences, merged, type Difference, type Line } from './differences.ts';

/**
 * Shown when the recipe was changed elsewhere since it was opened: the differences, and a choice. The button that has the
 * focus never loses a version.
 */
export function ConflictDialog(props: {
  readonly opened: VersionedRecipe;
  readonly draft: Draft;
  readonly theirs: VersionedRecipe;
  readonly onReload: () => void;
  /** Saves this in the place of theirs. */
  readonly onSave: (draft: Draft) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { opened, draft, theirs, onReload, onSave, onCancel } = props;
  const [versions] = useState(() => ({
    opened: contentOf(opened.recipe),
    mine: contentOfDraft(draft),
    theirs: contentOf(theirs.recipe),
  }));
  const both = merged(versions);
  return (
    <Dialog title="Someone changed this recipe" onCancel={onCancel} isWide>
      <p>
        It was saved from another place after you opened it. Nothing is lost yet: this is where the two
        differ.
      </p>
      <Comparison found={differences(versions)} />
      <div className="dialog__buttons">
        {both && (
          <button type="button" className="button button--primary" onClick={() => onSave(draftOf(both))}>
            Keep both changes
          </button>
        )}
        <button
          type="button"
          className={both ? 'button' : 'button button--primary'}
          onClick={onCancel}
          data-first-focus={both ? undefined : true}
        >
          Keep editing
        </button>
        <button type="button" className="button button--danger" onClick={() => onSave(draft)}>
          Overwrite with mine
        </button>
        <button type="button" className="button button--danger" onClick={onReload}>
          Reload theirs
        </button>
      </div>
    </Dialog>
  );
}

const CHANGED: Readonly<Record<Difference['changedBy'], string>> = {
  you: 'changed by you',
  them: 'changed by them',
  both: 'changed by both',
};

function Comparison({ found }: { readonly found: readonly Difference[] }): ReactElement {
  if (found.length === 0) return <p>Both say the same by now: it does not matter which you keep.</p>;
  return (
    <div className="comparison" tabIndex={0} role="region" aria-label="Differences">
      {found.map(({ part, changedBy, mine, theirs }) => (
        <section key={part} className="comparison__part">
          <h3>
            {part} <span className="comparison__who">{CHANGED[changedBy]}</span>
          </h3>
          <Side name="Yours" lines={mine} />
          <Side name="Theirs" lines={theirs} />
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
