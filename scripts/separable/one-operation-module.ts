/** A module of one operation that keeps nothing: the least that a module can be. Files by their paths. */
export const ONE_OPERATION_MODULE: Readonly<Record<string, string>> = {
  'specs/greeting/openapi.yaml': `# Greets callers.
openapi: 3.1.0
info: { title: Greetings, version: 0.1.0, description: Greets callers., license: { name: MIT, identifier: MIT } }
servers: [{ url: /, description: The server that this document came from. }]
security: [{ bearerAuth: [] }]
tags: [{ name: Greetings, description: Words for callers. }]
paths:
  /greeting:
    get:
      operationId: getGreeting
      tags: [Greetings]
      summary: Get a greeting
      description: Greets the caller.
      responses:
        '200':
          description: The greeting.
          content: { application/json: { schema: { $ref: '#/components/schemas/Greeting' } } }
components:
  securitySchemes:
    bearerAuth: { $ref: ../common/components.yaml#/components/securitySchemes/bearerAuth }
  schemas:
    Greeting:
      type: object
      title: Greeting
      description: A greeting.
      additionalProperties: false
      required: [text, at]
      properties:
        text: { type: string, maxLength: 300, description: What is said., examples: [Hello ada!] }
        at: { type: string, format: date-time, description: When it is said. }
`,
  'src/modules/greeting/module.ts': `import contract from '#generated/greeting/contract.json' with { type: 'json' };
import { greetingOperations } from '#generated/greeting/operations.ts';
import { bindModule, type ServedModule } from '#kernel/contract/module-binding.ts';
import type { Clock } from '#kernel/domain/clock.ts';
import { createGreetingHandlers } from './transport/greeting-handlers.ts';

/** The greeting module: it greets, and keeps nothing. */
export function createGreetingModule({ clock }: { readonly clock: Clock }): ServedModule<'greeting'> {
  const handlers = createGreetingHandlers(clock);
  return {
    binding: bindModule({ name: 'greeting', document: contract, operations: greetingOperations, handlers }),
  };
}
`,
  'src/modules/greeting/transport/greeting-handlers.ts': `import type { GreetingHandlers } from '#generated/greeting/handlers.ts';
import type { Clock } from '#kernel/domain/clock.ts';

/** Implements the contract. */
export function createGreetingHandlers(clock: Clock): GreetingHandlers {
  return {
    getGreeting: async (_request, { user }) => ({
      status: 200,
      body: { text: \`Hello \${user.subject}!\`, at: clock.now().toISOString() },
    }),
  };
}
`,
};

/** Its two lines of \`src/app.ts\`. */
export const IMPORT_LINE = `import { createGreetingModule } from '#modules/greeting/module.ts';`;
export const MEMBER_LINE = `    greeting: createGreetingModule({ clock }),`;
