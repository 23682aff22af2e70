import { useState, type ReactElement } from 'react';

import { focusHeading } from '../../app/navigation.tsx';
import type { Edit } from './edits.ts';

/** Tells users who come back to the form that what they had typed is still there. */
export function Resumed(props: {
  readonly edit: Edit;
  readonly onStartOver: () => void;
}): ReactElement | null {
  const { edit, onStartOver } = props;
  const [isOld, setOld] = useState(edit.draft !== edit.initial && edit.failure === undefined);
  if (!isOld || edit.failure !== undefined) return null;
  return (
    <p className="note" role="status">
      You had not saved this yet.{' '}
      <button
        type="button"
        className="link-button"
        onClick={() => {
          focusHeading();
          setOld(false);
          onStartOver();
        }}
      >
        Start over
      </button>
    </p>
  );
}
