/** The types of the schemas are those that operations take; the compiler is the test. */
import type * as z from 'zod';

import type { Check, TicketContent, TicketPatch } from '../testing/ticket/schemas.ts';
import type { checkSchema, ticketContentSchema, ticketPatchSchema } from '../testing/zod.ts';

type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
interface Exactly<A> {
  readonly take: (value: A) => A;
}
type Identical<A, B> =
  Exactly<Plain<A>> extends Exactly<Plain<B>>
    ? Exactly<Plain<B>> extends Exactly<Plain<A>>
      ? true
      : false
    : false;

export type Verdicts = [
  Identical<z.infer<typeof ticketContentSchema>, TicketContent>,
  Identical<z.input<typeof ticketPatchSchema>, TicketPatch>,
  Identical<z.output<typeof checkSchema>, Check>,
];
true satisfies Verdicts[0];
true satisfies Verdicts[1];
true satisfies Verdicts[2];
false satisfies Identical<z.output<typeof checkSchema>, TicketPatch>;
false satisfies Identical<{ a?: string }, { a: string }>;
