import { useId, useState, type FormEvent, type ReactElement } from 'react';

import { IdentityError, signIn, signUp, type User } from './identity-api.ts';

/** What the form is for. `again`: the same user once more, so only the password is asked. */
export type SignInKind = 'sign-in' | 'sign-up' | 'again';

const LABELS: Readonly<Record<SignInKind, string>> = {
  'sign-in': 'Sign in',
  'sign-up': 'Create account',
  again: 'Go on',
};

/** Asks for name and password; calls `onDone` when the Identity service accepts them. */
export function SignInForm(props: {
  readonly kind: SignInKind;
  readonly email?: string;
  readonly onDone: (user: User) => void;
}): ReactElement {
  const { kind, onDone } = props;
  const [name, setName] = useState('');
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const problemId = useId();

  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      onDone(await (kind === 'sign-up' ? signUp(name, email, password) : signIn(email, password)));
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
      setProblem(error.message);
    } finally {
      setBusy(false);
    }
  };

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy) void submit();
  };

  return (
    <form className="stack" onSubmit={onSubmit} aria-describedby={problemId}>
      {kind === 'sign-up' && (
        <label className="field">
          <span className="field__label">Your name</span>
          <input value={name} onChange={({ target }) => setName(target.value)} autoComplete="name" required />
        </label>
      )}
      <label className="field">
        <span className="field__label">E-mail</span>
        <input
          type="email"
          value={email}
          onChange={({ target }) => setEmail(target.value)}
          autoComplete="username"
          readOnly={kind === 'again'}
          required
        />
      </label>
      <label className="field">
        <span className="field__label">Password</span>
        <input
          type="password"
          data-first-focus
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          autoComplete={kind === 'sign-up' ? 'new-password' : 'current-password'}
          minLength={kind === 'sign-up' ? 8 : undefined}
          required
        />
        {kind === 'sign-up' && <span className="field__hint">At least 8 characters.</span>}
      </label>
      <p id={problemId} className="field__error" role="alert">
        {problem}
      </p>
      <button
        type="submit"
        className="button button--primary button--large button--wide"
        aria-disabled={isBusy}
      >
        {isBusy ? 'One moment…' : LABELS[kind]}
      </button>
    </form>
  );
}
