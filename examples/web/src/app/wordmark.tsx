import type { ReactElement } from 'react';

/** Name and sign of the app. */
export function Wordmark(): ReactElement {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" className="wordmark__sign" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="currentColor" />
        <g className="wordmark__bowl">
          <path d="M6 15h20a10 10 0 0 1-6 9.2V26h-8v-1.8A10 10 0 0 1 6 15Z" />
          <path
            d="M12 12c-2-2 1.500-3 0-5.500M16 12c-2-2 1.500-3 0-5.500M20 12c-2-2 1.500-3 0-5.500"
            className="wordmark__steam"
          />
        </g>
      </svg>
      Chompardo
    </span>
  );
}
