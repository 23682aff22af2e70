import { useEffect, useRef, type ReactElement } from 'react';

import { fieldId, fieldName, type FieldErrors } from './field-errors.ts';

/** All that is wrong, with links to the fields; takes the focus, so that nobody has to look for it. */
export function ErrorSummary(props: {
  readonly detail: string;
  readonly fields: FieldErrors;
  readonly rest: readonly string[];
}): ReactElement {
  const { detail, fields, rest } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [fields, rest]);
  return (
    <div ref={box} tabIndex={-1} className="summary" role="alert" aria-labelledby="summary-title">
      <h2 id="summary-title">This cannot be kept yet</h2>
      {fields.size === 0 && rest.length === 0 && <p>{detail}</p>}
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
    </div>
  );
}
