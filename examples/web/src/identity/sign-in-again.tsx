import type { ReactElement } from 'react';

import { Dialog } from '../ui/dialog.tsx';
import type { User } from './identity-api.ts';
import { beginSession, endSession } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Over the page, when the session has ended: nothing behind it is lost. */
export function SignInAgain({ user }: { readonly user: User }): ReactElement {
  return (
    <Dialog title="Are you still there?">
      <p>You were away for a while. Sign in again, and go on where you were: nothing is lost.</p>
      <SignInForm kind="again" email={user.email} onDone={beginSession} />
      <p className="welcome__other">
        Not {user.name}?{' '}
        <button type="button" className="link-button" onClick={() => void endSession()}>
          Sign out
        </button>
      </p>
    </Dialog>
  );
}
