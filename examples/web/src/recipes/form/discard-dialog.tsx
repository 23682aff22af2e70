import type { ReactElement } from 'react';

import { Dialog } from '../../ui/dialog.tsx';

/** Asks before what was written is given up. */
export function DiscardDialog(props: {
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
}): ReactElement {
  const { onKeep, onDiscard } = props;
  return (
    <Dialog title="Give up what you have written?" onCancel={onKeep}>
      <p>It is not saved, and cannot be brought back.</p>
      <div className="dialog__buttons">
        <button type="button" className="button button--primary" onClick={onKeep} data-first-focus>
          Keep writing
        </button>
        <button type="button" className="button button--danger" onClick={onDiscard}>
          Discard
        </button>
      </div>
    </Dialog>
  );
}
