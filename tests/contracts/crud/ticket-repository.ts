import type { VersionCondition } from '#kernel/contract/entity-tags.ts';
import { DomainError } from '#kernel/domain/domain-error.ts';
import { NotFoundError } from '#kernel/domain/not-found-error.ts';
import { InMemoryRepository } from '#tests/kit/in-memory-repository.ts';
import type { Ticket } from './generated/ticket/schemas.ts';

/** A ticket as it is kept. */
export interface StoredTicket extends Ticket {
  /** Counts the changes, from 1. */
  readonly version: number;
}

/** The ticket has another version than the change was made from. */
export class TicketVersionMismatchError extends DomainError {
  readonly kind = 'precondition-failed';
  readonly code = 'ticket-version-mismatch';

  constructor() {
    super('The ticket has another version than the one in If-Match.');
  }
}

/** All tickets, in memory. */
export class TicketRepository extends InMemoryRepository<StoredTicket> {
  constructor() {
    super(() => new TicketVersionMismatchError());
  }

  /** An author's tickets that have all of the labels, in the order they were made in: the first `count` after an id. */
  async list(query: {
    readonly author: string;
    readonly labels: readonly string[];
    readonly after: string;
    readonly count: number;
  }): Promise<readonly StoredTicket[]> {
    return this.all
      .filter(({ author, id }) => author === query.author && id > query.after)
      .filter(({ labels }) => query.labels.every((label) => labels.includes(label)))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .slice(0, query.count);
  }
}

/** The ticket, when it is the reader's. @throws {NotFoundError} when it is absent, or another person's. */
export function assertReadable(ticket: StoredTicket | undefined, reader: string): StoredTicket {
  if (ticket?.author !== reader) throw new NotFoundError('ticket');
  return ticket;
}

/**
 * The ticket, when the editor may change this version of it.
 *
 * @throws {NotFoundError} as `assertReadable`.
 * @throws {TicketVersionMismatchError} when it has another version.
 */
export function assertEditable(
  ticket: StoredTicket | undefined,
  editor: string,
  condition: VersionCondition,
): StoredTicket {
  const readable = assertReadable(ticket, editor);
  if (condition !== 'any' && !condition.includes(readable.version)) throw new TicketVersionMismatchError();
  return readable;
}
