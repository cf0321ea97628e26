import type { CompiledCampaign } from '../../engine/compile/program.ts';
import type { Pause } from '../../engine/pause/pauses.ts';
import type { Audience } from '../../engine/run/launch.ts';
import { clockFormat, count, many, printable } from './format.ts';
import { pausedWords } from './pause.ts';

export interface LaunchView {
  campaign: CompiledCampaign;
  audience: Audience;
  /** Earlier requests that no tick has taken yet; epoch milliseconds. */
  pending: number[];
  /** The project's, IANA. */
  zone: string;
  /** Milliseconds between two ticks. */
  tick: number;
  /** The pause that keeps those who enter at the first step. */
  paused?: Pause;
  at: number;
  /** At the next tick. */
  soon: boolean;
}

/** Returns the effects of a launch, in words. */
export function renderLaunch({ campaign, audience, pending, zone, tick, paused, at, soon }: LaunchView): string {
  const clock = clockFormat(zone, tick);
  const { customers, entering, channels } = audience;
  const title = campaign.title === undefined ? '' : ` "${printable(campaign.title)}"`;
  const out = customers - entering;
  const width = Math.max(0, ...channels.map(({ channel }) => channel.length));
  return [
    `Launch of ${campaign.name}${title} ${soon ? 'at the next tick' : `at ${clock(at)} (${zone})`}`,
    `  ${many(entering, 'customer')} would enter now${out > 0 ? `; ${count(out)} more may not: inside already, or lately` : ''}`,
    ...channels.map(
      ({ channel, reachable }) =>
        `  ${channel.padEnd(width)}  ${reachable === undefined ? 'not to customers' : `reaches ${count(reachable)} of them`}`,
    ),
    '  The audience is asked anew at the launch; hold-outs, frequency caps and quiet hours apply after it.',
    ...(paused
      ? [
          `  Paused: ${pausedWords(paused, clock)}. Who enters waits at the first step until \`crm resume ${paused.kind === 'all' ? '--all' : paused.name}\`.`,
        ]
      : []),
    ...(pending.length > 0 ? [`  Requested already and not taken yet: ${pending.map(clock).join(', ')}.`] : []),
    '',
  ].join('\n');
}
