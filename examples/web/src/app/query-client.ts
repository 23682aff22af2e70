import { QueryClient } from '@tanstack/react-query';

import { onReturn } from '../connection/connection.ts';

/** What has been read of the API. Retries are the SDK's, so there are none here. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: 'always', staleTime: 15_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
});

onReturn(() => void queryClient.invalidateQueries());
