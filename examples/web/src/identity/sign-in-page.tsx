import { useEffect, useRef, useState, type ReactElement } from 'react';

import { usePageTitle } from '../app/navigation.tsx';
import { Wordmark } from '../app/wordmark.tsx';
import { DishArt } from '../recipes/art/dish-art.tsx';
import { beginSession } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** For visitors who are not signed in. */
export function SignInPage(): ReactElement {
  const [kind, setKind] = useState<'sign-in' | 'sign-up'>('sign-in');
  const panel = useRef<HTMLElement>(null);
  const shown = useRef(kind);
  // Another form has come: its first field is where one goes on.
  useEffect(() => {
    if (shown.current !== kind) panel.current?.querySelector('input')?.focus();
    shown.current = kind;
  }, [kind]);
  const heading = usePageTitle(kind === 'sign-in' ? 'Sign in' : 'Create an account');
  return (
    <main className="welcome">
      <section className="welcome__story">
        <Wordmark />
        <div className="welcome__art" aria-hidden="true">
          <DishArt dish="bowl" tone={0} />
          <DishArt dish="leaf" tone={2} />
          <DishArt dish="bread" tone={1} />
          <DishArt dish="noodles" tone={4} />
        </div>
        <p className="welcome__claim">The recipes you really cook, in one place.</p>
        <p className="lead">
          Write them down once, find them by what is in the fridge, and scale them for your guests.
        </p>
      </section>
      <section ref={panel} className="welcome__form panel">
        <h1 ref={heading} tabIndex={-1}>
          {kind === 'sign-in' ? 'Welcome back' : 'Start your kitchen'}
        </h1>
        <SignInForm key={kind} kind={kind} onDone={beginSession} />
        <p className="welcome__other">
          {kind === 'sign-in' ? 'New here?' : 'Been here before?'}{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => setKind(kind === 'sign-in' ? 'sign-up' : 'sign-in')}
          >
            {kind === 'sign-in' ? 'Create an account' : 'Sign in'}
          </button>
        </p>
      </section>
    </main>
  );
}
