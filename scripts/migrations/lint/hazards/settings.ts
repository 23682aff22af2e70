import { constantText, syntaxChildren, syntaxText } from '../../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../../sql/syntax-tree.ts';
import type { Hazard } from './hazard.ts';

/** Settings that are the runner's or decide who works: also for one transaction they are not a migration's. */
const RUNNERS =
  /^(?:role|session_authorization|session_replication_role|row_security|deadlock_timeout|(?:idle_in_transaction_)?(?:session|lock|statement|transaction|idle_session)_timeout|zero_damaged_pages|ignore_system_indexes|ignore_checksum_failure|allow_system_table_mods)$/;

/** SET, RESET and DISCARD. */
export function judgeSetting(node: SyntaxNode): readonly Hazard[] {
  const name = syntaxText(node, 'name').toLowerCase();
  const isLocal = node.fields['is_local'] === true || syntaxText(node, 'name').startsWith('TRANSACTION');
  return hazardOf(name, isLocal);
}

/** `set_config('name', value, is_local)`; what it sets is not known when the name is no constant. */
export function judgeSetConfig(call: SyntaxNode): readonly Hazard[] {
  const [name, , local] = syntaxChildren(call, 'args');
  return hazardOf(name === undefined ? '' : constantText(name).toLowerCase(), constantFlag(local), call);
}

function hazardOf(name: string, isLocal: boolean, call?: SyntaxNode): readonly Hazard[] {
  const place = call === undefined ? {} : { node: call };
  if (RUNNERS.test(name)) {
    return [
      {
        rule: 'changes-session',
        message: `${name} is the runner’s: without it a migration waits for a lock while everybody waits behind it, or works as somebody else. Leave it out; \`--lock-timeout\` and \`--statement-timeout\` of npm run migrate set the times, and a role is changed in the connection string.`,
        ...place,
      },
    ];
  }
  return isLocal
    ? []
    : [
        {
          rule: 'changes-session',
          message:
            'This goes on for every migration after this one. Safe way: SET LOCAL, which ends with the transaction.',
          ...place,
        },
      ];
}

function constantFlag(node: SyntaxNode | undefined): boolean {
  const value: unknown = node?.fields['boolval'];
  return typeof value === 'object' && value !== null && Reflect.get(value, 'boolval') === true;
}
