import type { CompiledCampaign } from '../../engine/compile/program.ts';
import type { Audience } from '../../engine/run/launch.ts';
import { clockFormat, count, many, printable } from './format.ts';

export interface LaunchView {
  campaign: CompiledCampaign;
  audience: Audience;
  /** Earlier requests that no tick has taken yet; epoch milliseconds. */
  pending: number[];
  /** The project's, IANA. */
  zone: string;
  at: number;
  /** At the next tick. */
  soon: boolean;
}

/** Who would get what by a launch. */
export function renderLaunch({ campaign, audience, pending, zone, at, soon }: LaunchView): string {
  const clock = clockFormat(zone);
  const { customers, entering, channels } = audience;
  const title = campaign.title === undefined ? '' : ` "${printable(campaign.title)}"`;
  const out = customers - entering;
  const width = Math.max(0, ...channels.map(({ channel }) => channel.length));
  return [
    `Launch of ${campaign.name}${title} ${soon ? 'at the next tick' : `at ${clock(at)} (${zone})`}`,
    `  ${many(entering, 'customer')} would enter now${out > 0 ? `; ${count(out)} more may not: they are in it, or were too lately` : ''}`,
    ...channels.map(
      ({ channel, reachable }) =>
        `  ${channel.padEnd(width)}  ${reachable === undefined ? 'not to customers' : `reaches ${count(reachable)} of them`}`,
    ),
    '  The audience is asked anew at the launch; hold-outs, frequency caps and quiet hours apply after it.',
    ...(pending.length > 0 ? [`  Requested already and not taken yet: ${pending.map(clock).join(', ')}.`] : []),
    '',
  ].join('\n');
}
