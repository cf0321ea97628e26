import type { Range } from '../../diagnostics/diagnostic.ts';
import { type Carried, traitsOf } from '../../model/channel-kinds.ts';
import { t } from '../../words/t.ts';
import type { Context } from '../context.ts';

const verbs: Record<Carried, string> = { message: 'send', webhook: 'webhook', task: 'task' };

/** Reports a channel that is not of the kind that a step needs; one that is unknown or wrong is reported elsewhere. */
export function checkCarried(channel: string, carried: Carried, range: Range, context: Context): boolean {
  const kind = context.channels.get(channel);
  if (!kind) return true;
  const { carries } = traitsOf[kind];
  if (carries === carried) return true;
  const help = t`What goes through this channel is the step \`${verbs[carries]}\`; or name a channel of another kind.`;
  const message =
    carried === 'message'
      ? t`The channel \`${channel}\` (${kind}) sends no messages to customers`
      : t`The channel \`${channel}\` (${kind}) is no ${carried}`;
  context.report.error('CRM4031', range, message, help);
  return false;
}
