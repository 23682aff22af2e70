import { useState, type ReactElement } from 'react';

import { usePageTitle } from '../../app/navigation.tsx';
import { paths } from '../../app/routes.ts';
import { emptyDraft } from './draft.ts';
import { beginNew, discardEdit, storeEdit, useEdit, useEditKey } from './edits.ts';
import { RecipeForm } from './recipe-form.tsx';
import { Resumed } from './resumed.tsx';
import { saveAsNew, saveChanges } from './save-edit.ts';

/** Writes a new recipe. */
export function CreatePage(): ReactElement {
  const heading = usePageTitle('New recipe');
  const key = useEditKey(undefined);
  const [fresh] = useState(() => beginNew(emptyDraft()));
  const edit = useEdit(key) ?? fresh;
  const { opened } = edit;
  return (
    <div className="narrow">
      <h1 ref={heading} tabIndex={-1}>
        New recipe
      </h1>
      <Resumed edit={edit} onStartOver={() => discardEdit(key)} />
      <RecipeForm
        edit={edit}
        saveLabel="Save recipe"
        cancelPath={paths.list}
        onChange={(draft) => storeEdit(key, { ...edit, draft })}
        onSave={() => (opened === undefined ? saveAsNew(key, edit) : saveChanges(key, edit, opened))}
        onCancel={() => discardEdit(key)}
      />
    </div>
  );
}
