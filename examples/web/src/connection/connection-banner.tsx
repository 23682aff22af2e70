import { useEffect, useState, type ReactElement } from 'react';

import { useOnline } from './use-online.ts';
import { knock, useConnection } from './connection.ts';

const KNOCK_EVERY_MS = 3000;

/** Says that the API takes long to answer; or that it does not answer, and tries until it does. */
export function ConnectionBanner(): ReactElement | null {
  const connection = useConnection();
  const isOnline = useOnline();
  const isSilent = connection === 'silent' || !isOnline;
  const [isTrying, setTrying] = useState(false);

  useEffect(() => {
    if (!isSilent || !isOnline) return undefined;
    const timer = setInterval(() => void knock(), KNOCK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isSilent, isOnline]);

  const tryNow = async (): Promise<void> => {
    setTrying(true);
    await knock();
    setTrying(false);
  };

  return (
    <div role="status">
      {connection === 'slow' && isOnline && (
        <div className="banner">
          <p>
            <strong>The kitchen takes its time.</strong> Still waiting for its answer; what you have typed is
            safe.
          </p>
        </div>
      )}
      {isSilent && (
        <div className="banner">
          <p>
            <strong>{isOnline ? 'The kitchen does not answer.' : 'You are offline.'}</strong>{' '}
            {isOnline
              ? 'Trying again every few seconds; what you have typed is safe.'
              : 'You see what was loaded before; what you have typed is safe.'}
          </p>
          <button
            type="button"
            className="button button--small"
            aria-disabled={isTrying}
            onClick={() => {
              if (!isTrying) void tryNow();
            }}
          >
            {isTrying ? 'Trying…' : 'Try now'}
          </button>
        </div>
      )}
    </div>
  );
}
