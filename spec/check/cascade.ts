import type { CascadeStage } from '../model/campaign.ts';
import type * as written from '../source/document.generated.ts';
import { choice } from '../source/kinds.ts';
import type { Loose } from '../source/loose.ts';
import { nameHelp } from '../source/names.ts';
import type { Place } from '../source/place.ts';
import { positiveDuration } from '../source/readings.ts';
import { checkMessage } from './message.ts';
import type { Walk } from './steps.ts';

type Written = Loose<written.Stage>;
const options = ['until', 'within'];

export function buildStages(
  stages: (Written | undefined)[],
  place: Place,
  walk: Walk,
  cascade: string,
): CascadeStage[] {
  const seen = new Map<string, number>();
  return stages.flatMap((stage, index): CascadeStage[] => {
    if (!stage) return [];
    const at = place.at(index);
    checkWaiting(stage, index === stages.length - 1, at, walk);
    const channel = channelOf(stage, at, walk);
    if (channel === undefined) return [];
    const template = stage[channel];
    checkMessage(channel, template, at.at(channel), walk);
    const count = (seen.get(channel) ?? 0) + 1;
    seen.set(channel, count);
    const id = walk.ids.derived(`${cascade}.${channel}${count > 1 ? `-${count}` : ''}`, at);
    walk.context.origins[`campaign.${walk.campaign}.${id}`] = at.key;
    const within = positiveDuration(stage.within ?? '');
    const waiting = stage.until !== undefined && within !== undefined ? { until: stage.until, within } : {};
    return template === undefined ? [] : [{ id, channel, template, ...waiting }];
  });
}

/** The one key that names a channel; the others are options. */
function channelOf(stage: Written, place: Place, walk: Walk): string | undefined {
  const { report, channels } = walk.context;
  const keys = Object.keys(stage).filter((key) => !options.includes(key));
  const known = keys.filter((key) => channels.has(key));
  const [first, second] = known.length > 0 ? known : keys;
  if (first === undefined) {
    const names = channels.size > 0 ? choice(channels.keys()) : 'a channel';
    report.error('CRM4011', place.key, 'The stage of the cascade names no channel', `Add ${names} with a template.`);
  }
  if (known.length > 1 && second !== undefined) {
    const help = 'Make them two stages, one after the other.';
    report.error('CRM4011', place.at(second).key, `One stage uses two channels, \`${first}\` and \`${second}\``, help);
  }
  for (const key of keys.filter((one) => !channels.has(one) && one !== first)) {
    const help = nameHelp(key, [...options, ...channels.keys()], 'keys');
    report.error('CRM1010', place.at(key).key, `Unknown key \`${key}\` in a stage of a cascade`, help);
  }
  return first;
}

function checkWaiting(stage: Written, last: boolean, place: Place, walk: Walk): void {
  const { report, channels } = walk.context;
  for (const option of options) {
    if (last && option in stage) {
      const help = 'Remove it, or add a stage after this one.';
      report.error('CRM4011', place.at(option).key, `\`${option}\` has no effect on the last stage of a cascade`, help);
    }
    const misspelt = Object.keys(stage).some((key) => !options.includes(key) && !channels.has(key));
    if (!last && !(option in stage) && !misspelt) {
      const message = `A stage before the last needs the key \`${option}\``;
      const help =
        option === 'until'
          ? 'Say what stops the cascade: `until: opened`.'
          : 'Say how long to wait: `within: 2 hours`.';
      report.error('CRM4011', place.key, message, help);
    }
  }
}
