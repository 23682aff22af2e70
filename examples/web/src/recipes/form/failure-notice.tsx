import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';

import type { SaveFailure } from './edits.ts';
import { fieldId, fieldName, type toFieldErrors } from './field-errors.ts';

/** Why it is not saved, at the head of the form; takes the focus, so that the user does not have to look for it. */
export function FailureNotice(props: {
  readonly failure: Exclude<SaveFailure, { readonly kind: 'conflict' }>;
  readonly errors: ReturnType<typeof toFieldErrors>;
}): ReactElement {
  const { failure, errors } = props;
  switch (failure.kind) {
    case 'refused':
      return (
        <Notice failure={failure} title="This cannot be kept yet">
          <Faults detail={failure.detail} errors={errors} />
        </Notice>
      );
    case 'gone':
      return (
        <Notice failure={failure} title="Somebody deleted this recipe">
          <p>What you wrote is still here: saving keeps it as a new recipe.</p>
        </Notice>
      );
    case 'failed':
    default:
      return (
        <Notice failure={failure} title="It could not be saved">
          <p>{failure.message} What you wrote is still here; try again.</p>
        </Notice>
      );
  }
}

function Notice(props: {
  readonly failure: SaveFailure;
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [props.failure]);
  return (
    <div ref={box} tabIndex={-1} className="summary" role="alert" aria-labelledby="summary-title">
      <h2 id="summary-title">{props.title}</h2>
      {props.children}
    </div>
  );
}

/** All faults, with links to their fields. */
function Faults(props: {
  readonly detail: string;
  readonly errors: ReturnType<typeof toFieldErrors>;
}): ReactElement {
  const { fields, rest } = props.errors;
  if (fields.size === 0 && rest.length === 0) return <p>{props.detail}</p>;
  return (
    <ul>
      {[...fields].map(([pointer, error]) => (
        <li key={pointer}>
          <a
            href={`#${fieldId(pointer)}`}
            onClick={(event) => {
              event.preventDefault();
              document.querySelector<HTMLElement>(`#${CSS.escape(fieldId(pointer))}`)?.focus();
            }}
          >
            {fieldName(pointer)}
          </a>
          : {error}
        </li>
      ))}
      {rest.map((error) => (
        <li key={error}>{error}</li>
      ))}
    </ul>
  );
}
