import { useEffect, type ReactElement } from 'react';

import { loadSession } from '../identity/session.ts';
import { ListSkeleton } from '../recipes/list/list-skeleton.tsx';
import { Wordmark } from './wordmark.tsx';

const TRY_EVERY_MS = 3000;

/** Until it is known who is here: the outline of what comes. */
export function OpeningPage(): ReactElement {
  return (
    <>
      <header className="topbar">
        <div className="topbar__inner">
          <Wordmark />
        </div>
      </header>
      <main className="page">
        <h1 className="visually-hidden">Chompardo</h1>
        <ListSkeleton />
      </main>
    </>
  );
}

/** When it cannot be known who is here. */
export function UnreachablePage(): ReactElement {
  useEffect(() => {
    const timer = setInterval(() => void loadSession(), TRY_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main className="page page--center">
      <Wordmark />
      <h1>The kitchen door does not answer</h1>
      <p className="lead">It may be your network, it may be us. Trying again every few seconds.</p>
      <button type="button" className="button button--primary" onClick={() => void loadSession()}>
        Try now
      </button>
    </main>
  );
}
