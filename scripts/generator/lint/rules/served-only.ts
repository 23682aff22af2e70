import { child, rootCursor } from '../../load/cursor.ts';
import type { Rule } from '../rule.ts';

/** Webhooks and callbacks are requests that the API sends; nothing is generated for them. */
export const servedOnly: Rule = {
  name: 'served-only',
  *check({ document, visits }) {
    const webhooks = child(rootCursor(document), 'webhooks');
    if (webhooks !== undefined)
      yield { at: webhooks, message: 'nothing is generated for webhooks; remove them' };
    for (const { kind, cursor } of visits) {
      const callbacks = kind === 'operation' ? child(cursor, 'callbacks') : undefined;
      if (callbacks !== undefined)
        yield { at: callbacks, message: 'nothing is generated for callbacks; remove them' };
    }
  },
};
