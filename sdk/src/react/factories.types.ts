/** What hooks make of the factories; the compiler is the test. */
import { skipToken, useInfiniteQuery, useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';

import { isErrorOf } from '../runtime/unwrap.ts';
import { getTicket, updateTicket } from '../testing/ticket/operations.ts';
import type { Ticket } from '../testing/ticket/schemas.ts';
import {
  getTicketQuery,
  listTicketsInfiniteQuery,
  listTicketsQuery,
  updateTicketMutation,
} from '../testing/ticket/react.ts';

export function useTypes(): void {
  const { data, error } = useQuery(getTicketQuery({ ticketId: 'a' }));
  data satisfies { readonly data: Ticket; readonly headers: { readonly etag: string } } | undefined;
  if (error && isErrorOf(getTicket, error)) {
    error.status satisfies 304 | 400 | 401 | 404 | 406 | 429 | 500 | 503;
    // @ts-expect-error -- the contract has no such status
    error.status satisfies 200;
  }
  useSuspenseQuery(getTicketQuery({ ticketId: 'a' })).data.data.title satisfies string;
  useQuery({ ...getTicketQuery({ ticketId: 'a' }), select: (read) => read.data.title }).data satisfies
    | string
    | undefined;
  useQuery({ ...getTicketQuery({ ticketId: 'a' }), enabled: false });
  // @ts-expect-error -- a ticket has an id
  useQuery(getTicketQuery());
  useQuery(listTicketsQuery());
  // @ts-expect-error -- no such parameter
  useQuery(listTicketsQuery({ labels: [] }));

  const list = useInfiniteQuery(listTicketsInfiniteQuery());
  list.data?.pages.flatMap(({ items }) => items).map(({ title }) => title) satisfies string[] | undefined;

  const update = useMutation(updateTicketMutation());
  update.mutate({ ticketId: 'a', body: { title: 'Pipe' }, 'if-match': '"v1"' });
  // @ts-expect-error -- no such member of a ticket
  update.mutate({ ticketId: 'a', body: { name: 'Pipe' } });
  if (isErrorOf(updateTicket, update.error) && update.error.status === 412) {
    update.error.body.requestId satisfies string | undefined;
  }
  useMutation({
    ...updateTicketMutation(),
    onError: (failure, { ticketId }) => [failure.attempts satisfies number, ticketId satisfies string],
  });
}

export function useSkipped(ticketId: string | undefined): void {
  const query = useQuery(getTicketQuery(ticketId === undefined ? skipToken : { ticketId }));
  query.data?.data satisfies Ticket | undefined;
  useQuery(listTicketsQuery(skipToken));
  const list = useInfiniteQuery(listTicketsInfiniteQuery(ticketId === undefined ? skipToken : { limit: 5 }));
  list.data?.pages.flatMap(({ items }) => items) satisfies readonly Ticket[] | undefined;
  // @ts-expect-error -- what is suspended cannot be skipped
  useSuspenseQuery(getTicketQuery(skipToken));
}
