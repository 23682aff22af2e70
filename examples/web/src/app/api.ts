import {
  ApiError,
  ConnectionError,
  createClient,
  setDefaultClient,
  TimeoutError,
  type AnyResult,
} from '@chompardo/sdk';
import type { QueryFunction, QueryKey } from '@tanstack/react-query';

import { reportAnswer, reportEnd, reportFailure, reportRequest } from '../connection/connection.ts';
import { provideToken, signInAgain } from '../identity/session.ts';

/** The SDK's client: where the API is, whose token it sends, and hooks that follow the connection. */
export function configureApi(): void {
  setDefaultClient(
    createClient({
      baseUrl: '/api',
      auth: provideToken,
      timeoutMs: 15_000,
      retry: { retries: 1 },
      hooks: {
        request: reportRequest,
        response: (attempt, response) => {
          reportEnd(attempt);
          reportAnswer(response.status);
        },
        error: (attempt, error) => {
          reportEnd(attempt);
          if (error instanceof ConnectionError || error instanceof TimeoutError) reportFailure();
        },
      },
    }),
  );
}

/** Calls the API; when the session is over, waits until the user has signed in again and repeats the call. */
export async function call<Result extends AnyResult>(send: () => Promise<Result>): Promise<Result> {
  for (;;) {
    const result = await send();
    if (result.status !== 401) return result;
    await signInAgain();
  }
}

/** A query's function that does the same. */
export function signedIn<Data, Key extends QueryKey, Page>(
  queryFn: QueryFunction<Data, Key, Page>,
): QueryFunction<Data, Key, Page> {
  return async (context) => {
    for (;;) {
      try {
        return await queryFn(context);
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
        await signInAgain();
      }
    }
  };
}
