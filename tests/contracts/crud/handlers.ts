import { openCursor, sealCursor } from '#kernel/contract/cursor.ts';
import { parseIfMatch, toVersionTag } from '#kernel/contract/entity-tags.ts';
import { systemClock } from '#kernel/domain/clock.ts';
import { UuidV7Ids } from '#kernel/domain/ids.ts';
import type { TicketHandlers } from './generated/ticket/handlers.ts';
import type { Ticket, TicketContent, TicketPatch } from './generated/ticket/schemas.ts';
import { assertEditable, assertReadable, TicketRepository, type StoredTicket } from './ticket-repository.ts';

/** What the author of a ticket wrote, defaults filled in. */
type Content = Pick<Ticket, 'title' | 'description' | 'minutes' | 'labels' | 'checks' | 'priority'>;

/** Implements the contract of tickets. @param tickets where they are kept; a fresh repository when left out. */
export function createTicketHandlers(tickets: TicketRepository = new TicketRepository()): TicketHandlers {
  const ids = new UuidV7Ids(systemClock);
  const change = async (
    id: string,
    editor: string,
    ifMatch: string | undefined,
    toContent: (ticket: StoredTicket) => Content,
  ): Promise<StoredTicket> =>
    tickets.update(id, (ticket) => {
      const current = assertEditable(ticket, editor, parseIfMatch(ifMatch) ?? []);
      return { ...current, ...toContent(current), updatedAt: now(), version: current.version + 1 };
    });
  return {
    async listTickets({ query: { limit, cursor, label = [] } }, { user }) {
      const belonging = [user.subject, label];
      const after = cursor === undefined ? '' : openCursor(cursor, belonging);
      const found = await tickets.list({ author: user.subject, labels: label, after, count: limit + 1 });
      const items = found.slice(0, limit).map(toWire);
      const last = found.length > limit ? items.at(-1) : undefined;
      const body = last === undefined ? { items } : { items, nextCursor: sealCursor(last.id, belonging) };
      return { status: 200, body };
    },

    async createTicket({ body }, { user }) {
      const at = now();
      const ticket = {
        ...writtenContent(body),
        id: ids.next(),
        author: user.subject,
        createdAt: at,
        updatedAt: at,
        version: 1,
      };
      await tickets.insert(ticket);
      return { ...answer(201, ticket), headers: { location: `/tickets/${ticket.id}`, ...tagOf(ticket) } };
    },

    async getTicket({ path }, { user }) {
      return answer(200, assertReadable(await tickets.find(path.ticketId), user.subject));
    },

    async replaceTicket({ path, headers, body }, { user }) {
      const content = writtenContent(body);
      return answer(200, await change(path.ticketId, user.subject, headers['if-match'], () => content));
    },

    async updateTicket({ path, headers, body }, { user }) {
      return answer(
        200,
        await change(path.ticketId, user.subject, headers['if-match'], (ticket) => patched(ticket, body)),
      );
    },

    async deleteTicket({ path, headers }, { user }) {
      const condition = parseIfMatch(headers['if-match']) ?? 'any';
      await tickets.remove(path.ticketId, (ticket) => assertEditable(ticket, user.subject, condition));
      return { status: 204 };
    },
  };
}

function now(): string {
  return systemClock.now().toISOString();
}

/** Defaults filled in, labels as the contract says that they are kept. */
function writtenContent({
  title,
  description = '',
  minutes = 0,
  labels = [],
  checks = [],
  priority = 'normal',
}: TicketContent): Content {
  return {
    title,
    description,
    minutes,
    labels: [...new Set(labels.map((label) => label.toLowerCase()))],
    checks: checks.map((check) => ({ isDone: false, ...check })),
    priority,
  };
}

/** A merge patch (RFC 7396) on the content; null is the default. */
function patched(ticket: StoredTicket, patch: TicketPatch): Content {
  const { title, description, minutes, labels, checks, priority } = { ...ticket, ...patch };
  return writtenContent({
    title,
    ...(description === null ? {} : { description }),
    ...(minutes === null ? {} : { minutes }),
    ...(labels === null ? {} : { labels }),
    ...(checks === null ? {} : { checks }),
    ...(priority === null ? {} : { priority }),
  });
}

function toWire({ version: _version, ...ticket }: StoredTicket): Ticket {
  return ticket;
}

function tagOf({ version }: StoredTicket): { readonly etag: string } {
  return { etag: toVersionTag(version) };
}

function answer<Status extends number>(
  status: Status,
  ticket: StoredTicket,
): { readonly status: Status; readonly body: Ticket; readonly headers: { readonly etag: string } } {
  return { status, body: toWire(ticket), headers: tagOf(ticket) };
}
