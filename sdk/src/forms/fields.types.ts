/** Enumerations and fields are as precise as the contract, and HTML takes the attributes; the compiler is the test. */
import type { InputHTMLAttributes, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';

import {
  type checkFields,
  listTicketsDefaults,
  listTicketsFields,
  ticketContentDefaults,
  ticketContentFields,
} from '../testing/forms.ts';
import type { ListTicketsRequest } from '../testing/ticket/operations.ts';
import { type TicketContent, TicketPriority } from '../testing/ticket/schemas.ts';
import type { Field } from './fields.ts';

type Input = InputHTMLAttributes<HTMLInputElement>;

ticketContentFields.title satisfies Input & { readonly maxLength: 200; readonly required: true };
ticketContentFields.minutes satisfies Input & { readonly min: 0; readonly max: 43200; readonly step: 1 };
ticketContentFields.labels.item satisfies Input;
ticketContentFields.checks.item.fields.cost satisfies Input;
ticketContentFields.description satisfies TextareaHTMLAttributes<HTMLTextAreaElement>;
ticketContentFields.priority satisfies SelectHTMLAttributes<HTMLSelectElement>;
ticketContentFields.checks.item.fields satisfies typeof checkFields;
ticketContentFields.labels.maxItems satisfies 20;
ticketContentFields.title satisfies Field;

listTicketsFields.limit satisfies Input & { readonly max: 100 };
ticketContentDefaults satisfies Partial<TicketContent>;
ticketContentDefaults.priority satisfies 'normal';
listTicketsDefaults satisfies ListTicketsRequest;

// @ts-expect-error -- what must be there has no default
void ticketContentDefaults.title;
// @ts-expect-error -- no such field
void ticketContentFields.name;
// @ts-expect-error -- a list is no input
ticketContentFields.labels satisfies { readonly maxLength: number };
// @ts-expect-error -- what the contract says stays as it is
ticketContentFields.title.maxLength = 300;

TicketPriority.high satisfies 'high';
Object.values(TicketPriority) satisfies readonly TicketPriority[];
'low' satisfies TicketPriority;

// @ts-expect-error -- the contract knows no such priority
void TicketPriority.size;
// @ts-expect-error -- nor as a type
'size' satisfies TicketPriority;
// @ts-expect-error -- a value stays what it is
TicketPriority.high = 'high';
// Every value of the type is one of the object, so that a new one in the contract is one here.
TicketPriority satisfies { readonly [K in TicketPriority]: K };
