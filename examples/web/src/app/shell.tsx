import type { ReactElement, ReactNode } from 'react';

import { ConnectionBanner } from '../connection/connection-banner.tsx';
import type { User } from '../identity/identity-api.ts';
import { endSession } from '../identity/session.ts';
import { Icon } from '../ui/icon.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { Link } from './navigation.tsx';
import { paths } from './routes.ts';
import { Wordmark } from './wordmark.tsx';

/** What surrounds every page of a signed-in user. */
export function Shell({
  user,
  children,
}: {
  readonly user: User;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <header className="topbar">
        <div className="topbar__inner">
          <Link href={paths.list} className="topbar__home" aria-label="Chompardo, all recipes">
            <Wordmark />
          </Link>
          <nav className="topbar__nav" aria-label="Main">
            <Link href={paths.create} className="button button--primary">
              <Icon name="plus" /> <span className="topbar__create">New recipe</span>
            </Link>
            <span className="topbar__user" title={user.email}>
              <span className="avatar" aria-hidden="true">
                {user.name.slice(0, 1).toUpperCase()}
              </span>
              <span className="topbar__name">{user.name}</span>
            </span>
            <button type="button" className="button button--quiet" onClick={() => void endSession()}>
              <Icon name="leave" /> <span className="topbar__label">Sign out</span>
            </button>
          </nav>
        </div>
      </header>
      <ConnectionBanner />
      <main id="content" className="page">
        {children}
      </main>
      <Toasts />
    </>
  );
}
