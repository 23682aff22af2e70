import { locate } from '../../../sql/source-text.ts';
import type { MigrationRule } from '../migration-rule.ts';

const NO_DOWN = /^--[ \t]*no-down\b[ \t]*:?[ \t]*(.*)$/im;

/** Every migration has a way back, or says why there is none. */
export const wayBack: MigrationRule = {
  name: 'way-back',
  check: ({ source, down }) => {
    const excuse = NO_DOWN.exec(source.text);
    const at =
      excuse === null ? { file: source.file, line: 1, column: 1, pointer: '' } : locate(source, excuse.index);
    if (excuse !== null && (excuse[1] ?? '').trim() === '') {
      return [{ message: 'Say why there is no way back: `-- no-down: reason`.', at }];
    }
    const isEmpty = down === null || (down.statements.length === 0 && down.syntaxError === null);
    if (excuse !== null && !isEmpty) {
      return [{ message: 'There is a `-- Down Migration` part: remove `-- no-down`.', at }];
    }
    return excuse === null && isEmpty
      ? [
          {
            message:
              'There is no way back: add a `-- Down Migration` part that undoes the up part, or say why none can be with `-- no-down: reason`.',
            at,
          },
        ]
      : [];
  },
};
