import type { ReactElement } from 'react';

import { Icon } from '../ui/icon.tsx';

/** Something could not be loaded; it is loaded by itself when the API answers again. */
export function LoadFailure({
  what,
  onRetry,
}: {
  readonly what: string;
  readonly onRetry: () => void;
}): ReactElement {
  return (
    <div className="empty" role="alert">
      <span className="empty__icon">
        <Icon name="warning" />
      </span>
      <h2>{what} did not arrive</h2>
      <p className="lead">
        The connection or the kitchen is in trouble. This page fills itself as soon as it is over.
      </p>
      <button type="button" className="button button--primary" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
