import {
  useEffect,
  useId,
  useRef,
  useState,
  type ComponentProps,
  type FormEvent,
  type ReactElement,
} from 'react';

import { IdentityError, signIn, signUp, type IdentityField, type User } from './identity-api.ts';

/** What the form is for. `again`: the same user once more, so only the password is asked. */
export type SignInKind = 'sign-in' | 'sign-up' | 'again';

const LABELS: Readonly<Record<SignInKind, string>> = {
  'sign-in': 'Sign in',
  'sign-up': 'Create account',
  again: 'Go on',
};

const KINDS: Readonly<Record<IdentityField, ComponentProps<'input'> & { readonly label: string }>> = {
  name: { label: 'Your name', type: 'text' },
  email: { label: 'E-mail', type: 'email' },
  password: { label: 'Password', type: 'password' },
};

/** Asks for name and password; calls `onDone` when the Identity service accepts them. */
export function SignInForm(props: {
  readonly kind: SignInKind;
  readonly email?: string;
  readonly onDone: (user: User) => void;
}): ReactElement {
  const { kind, onDone } = props;
  const [typed, setTyped] = useState({ name: '', email: props.email ?? '', password: '' });
  const [refusal, setRefusal] = useState<IdentityError>();
  const [isBusy, setBusy] = useState(false);
  const problemId = useId();
  const form = useRef<HTMLFormElement>(null);
  const isNew = kind === 'sign-up';

  // The refused field gets the focus: the user can correct it at once.
  useEffect(() => {
    if (refusal?.field) form.current?.querySelector<HTMLElement>(`[name=${refusal.field}]`)?.focus();
  }, [refusal]);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    const { name, email, password } = typed;
    try {
      onDone(await (isNew ? signUp(name, email, password) : signIn(email, password)));
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy) void submit();
  };

  const field = (name: IdentityField, input: ComponentProps<'input'>, hint?: string): ReactElement => {
    const { label, ...rest } = KINDS[name];
    const isRefused = refusal?.field === name;
    return (
      <div className="field">
        <label className="field__label" htmlFor={`${problemId}-${name}`}>
          {label}
        </label>
        <input
          {...rest}
          {...input}
          id={`${problemId}-${name}`}
          name={name}
          value={typed[name]}
          onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
          aria-invalid={isRefused || undefined}
          aria-describedby={isRefused || hint !== undefined ? `${problemId}-${name}-note` : undefined}
          // In a dialog: there only the password is asked.
          data-first-focus={name === 'password' || undefined}
          required
        />
        {(isRefused || hint !== undefined) && (
          <span id={`${problemId}-${name}-note`} className={isRefused ? 'field__error' : 'field__hint'}>
            {isRefused ? refusal.message : hint}
          </span>
        )}
      </div>
    );
  };

  return (
    <form ref={form} className="stack" onSubmit={onSubmit} aria-describedby={problemId}>
      {isNew && field('name', { autoComplete: 'name' })}
      {field('email', { autoComplete: 'username', readOnly: kind === 'again' })}
      {field(
        'password',
        {
          autoComplete: isNew ? 'new-password' : 'current-password',
          minLength: isNew ? 8 : undefined,
        },
        isNew ? 'At least 8 characters.' : undefined,
      )}
      <p id={problemId} className="field__error" role="alert">
        {refusal && refusal.field === undefined && refusal.message}
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
