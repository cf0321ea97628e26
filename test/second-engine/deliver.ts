import type { Engagement } from '../../engine/simulate/deliver.ts';
import { bucket } from '../bucket.ts';
import { hour, minute } from '../world.ts';
import type { State } from './state.ts';

/** Stands in for the carriers: everything is sent at once, and answered as the world has it. */
export function deliver(state: State, engagement: Engagement): void {
  const { now } = state;
  for (const message of state.messages.filter(({ status }) => status === 'decided')) {
    Object.assign(message, { status: 'sent', sent: now });
    const { open, click } = engagement[message.channel] ?? { open: 0, click: 0 };
    const draw = (what: string) => bucket(`test/${what}/${message.id}`);
    const delay = (what: string) => minute + Math.round(draw(what) ** 3 * 12 * hour);
    const opened = now + delay('opens after');
    if (draw('reacts') < Math.max(open, click)) state.reactions.push({ message, kind: 'opened', at: opened });
    if (draw('reacts') < click) state.reactions.push({ message, kind: 'clicked', at: opened + delay('clicks after') });
  }
}
