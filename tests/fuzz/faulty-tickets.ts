import { setImmediate as nextTurn } from 'node:timers/promises';

import type { PreparedResponse } from '#kernel/contract/respond/send-response.ts';
import type { IdempotentCall } from '#kernel/contract/ports.ts';
import { TicketRepository, type StoredTicket } from '../contracts/crud/ticket-repository.ts';
import { RememberingIdempotency } from '../kit/remembering-idempotency.ts';

/** Remembers nothing: whatever is repeated is done again. */
export class ForgetfulIdempotency extends RememberingIdempotency {
  override once(_call: IdempotentCall, work: () => Promise<PreparedResponse>): Promise<PreparedResponse> {
    return work();
  }
}

type Change = (ticket: StoredTicket | undefined) => StoredTicket;

/** Reads, waits and writes, without regard to what was written in between. */
export class LosingRepository extends TicketRepository {
  override async update(id: string, change: Change): Promise<StoredTicket> {
    const before = await this.find(id);
    await nextTurn();
    const changed = change(before);
    await this.insert(changed);
    return changed;
  }
}

/** Writes a title before it knows whether it may. */
export class HastyRepository extends TicketRepository {
  override async update(id: string, change: Change): Promise<StoredTicket> {
    const before = await this.find(id);
    if (before !== undefined) await this.insert({ ...before, title: `${before.title}!`.slice(0, 200) });
    // What may be written is written as it should be.
    return super.update(id, (ticket) => change(ticket && before));
  }
}

/** Checks, says that it removed the ticket, and keeps it. */
export class KeepingRepository extends TicketRepository {
  override async remove(id: string, check: Change): Promise<void> {
    check(await this.find(id));
  }
}
