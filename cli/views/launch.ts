import type { CompiledCampaign } from '../../engine/program/program.ts';
import type { Pause } from '../../engine/store/pauses.ts';
import type { Audience } from '../../engine/tick/launch.ts';
import { t } from '../../spec/words/t.ts';
import { clockFormat, many, printable, quoted } from './format.ts';
import { pausedWords } from './pause.ts';
import { fold } from './wrap.ts';

export interface LaunchView {
  campaign: CompiledCampaign;
  audience: Audience;
  /** The instants of earlier requests that no tick has executed yet, epoch milliseconds. */
  pending: number[];
  /** The project's time zone, IANA. */
  zone: string;
  /** The time between two ticks, milliseconds. */
  tick: number;
  /** The pause that holds new enrolments at the first step. */
  paused?: Pause;
  at: number;
  /** True if the launch happens at the next tick. */
  soon: boolean;
}

/** Returns the effects of a launch, in words. */
export function renderLaunch(view: LaunchView, width: number): string {
  const { campaign, audience, pending, zone, tick, paused, at, soon } = view;
  const clock = clockFormat(zone, tick);
  const { customers, entering, channels } = audience;
  const name = campaign.title === undefined ? campaign.name : `${campaign.name} ${quoted(printable(campaign.title))}`;
  const out = customers - entering;
  const column = Math.max(0, ...channels.map(({ channel }) => channel.length));
  const lines = [
    soon ? t`Launch of ${name} at the next tick` : t`Launch of ${name} at ${clock(at)} (${zone})`,
    `  ${enteringWords(entering, out)}`,
    ...channels.map(
      ({ channel, reachable }) =>
        `  ${channel.padEnd(column)}  ${reachable === undefined ? t`not to customers` : t`reaches ${reachable} of them`}`,
    ),
    `  ${t`The audience is asked anew at the launch; hold-outs, frequency caps and quiet hours apply after it.`}`,
    ...(paused ? [`  ${keptWords(paused, clock)}`] : []),
    ...(pending.length > 0 ? [`  ${t`Requested already and not taken yet: ${pending.map(clock).join(', ')}.`}`] : []),
  ];
  return `${fold(lines, width).join('\n')}\n`;
}

function enteringWords(entering: number, out: number): string {
  const customers = many(entering, 'customer');
  return out > 0
    ? t`${customers} would enter now; ${out} more may not: inside already, or lately`
    : t`${customers} would enter now`;
}

function keptWords(paused: Pause, clock: (at: number) => string): string {
  const command = paused.kind === 'all' ? 'crm resume --all' : `crm resume ${paused.name}`;
  return t`Paused: ${pausedWords(paused, clock)}. Who enters waits at the first step until \`${command}\`.`;
}
