/** What may stand in a hole, and what may not: checked by the compiler, never run. */
import type { Identifier } from '../contract/contract.ts';
import { type Code, code, typeRef } from './code.ts';
import { doc } from './doc.ts';
import { literal, propertyName } from './literal.ts';

declare const identifier: Identifier;
declare const specText: string;
declare const specNumber: number;

export const pieces: readonly Code[] = [
  code`${identifier} ${literal(specText)} ${doc([specText])} ${propertyName(specText)} ${[code`a`, identifier]}`,

  // @ts-expect-error a bare string would let spec text reach the output as code
  code`${specText}`,

  // @ts-expect-error not even in a list
  code`${[specText]}`,

  // @ts-expect-error numbers go through literal()
  code`${specNumber}`,

  // @ts-expect-error a missing piece is `empty`, not undefined
  code`${undefined}`,

  // @ts-expect-error a type is referred to by an Identifier
  typeRef(specText, 'generated/ticket/schemas.ts'),

  // @ts-expect-error nobody outside print/ can make a Code of their own
  { parts: [{ kind: 'text', text: specText }] },
];
