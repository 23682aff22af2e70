import type { ReactElement } from 'react';

import { Icon } from '../ui/icon.tsx';

/** Something could not be loaded; it is loaded by itself when the API answers again. */
export function LoadFailure(props: {
  readonly what: string;
  /** `h1` where it stands for the whole page. */
  readonly heading: 'h1' | 'h2';
  readonly onRetry: () => void;
}): ReactElement {
  const { what, heading: Heading, onRetry } = props;
  return (
    <div className="empty" role="alert">
      <span className="empty__icon">
        <Icon name="warning" />
      </span>
      <Heading>{what} did not arrive</Heading>
      <p className="lead">
        The connection or the kitchen is in trouble. This page fills itself as soon as it is over.
      </p>
      <button type="button" className="button button--primary" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
