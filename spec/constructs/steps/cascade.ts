import type * as written from '../../document/document.generated.ts';
import { clause, entry, form, type Items, optional } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Cascade, CascadeOrder, CascadeStage } from '../../model/campaign.ts';
import { printDuration } from '../../words/durations.ts';
import { choice } from '../../words/kinds.ts';
import { nameHelp } from '../../words/names.ts';
import { t } from '../../words/t.ts';
import { type Context, unknownName } from '../context.ts';
import { checkMessage } from './message.ts';
import { checkStageWait, orderClause, readOrder, readStageWait, stageWaitClauses } from './stage-wait.ts';
import { id, type StepKind, stepForm, type Walk } from './step.ts';

const stageForm = form('stage', 'a stage of a cascade', () => [entry('name'), ...stageWaitClauses]);
const stageList: Items = { kind: 'items', name: 'stages', title: 'a cascade', of: () => stageForm };
type Written = Loose<written.Stage>;
const options = ['until', 'within'];

/** Messages by several channels, one after the other, until the customer answers one. */
export const cascade: StepKind<Cascade> = {
  word: 'cascade',
  form: () => ({
    ...stepForm('cascade', () => [
      id,
      clause('use', 'name'),
      clause('template', 'name'),
      orderClause,
      optional('stages', stageList),
    ]),
    inner: { keys: ['use', 'template', 'order', 'stages'], short: 'stages' },
  }),
  build: (step: Loose<written.CascadeStep>, place, walk, id) =>
    buildCascade(step.cascade, place.at('cascade'), walk, id),
  write({ order, stages }, id) {
    const list = stages.map(writtenStage);
    return { ...id, cascade: order ? { order, stages: list } : list };
  },
  // A graph draws the stages, each as a node.
  picture: ({ stages }) => ({ shape: 'message', title: stages.map(({ channel }) => channel).join(', ') }),
  time: () => ({ least: 0, most: Number.POSITIVE_INFINITY }),
  carries: 'message',
  sends: (step) => step.stages,
};

function buildCascade(cascade: Loose<written.Cascade> | undefined, place: Place, walk: Walk, id: string): Cascade {
  if (cascade && 'use' in cascade) return useCascade(cascade, place, walk, id);
  const bare = Array.isArray(cascade);
  const order = bare || !cascade ? undefined : readOrder(cascade.order);
  const list = (bare ? cascade : cascade && 'stages' in cascade ? cascade.stages : []) ?? [];
  const at = bare ? place : place.at('stages');
  return { kind: 'cascade', id, ...(order && { order }), stages: buildStages(list, at, walk, id, order) };
}

/** A named cascade with a template, written out. */
function useCascade(cascade: Loose<written.CascadeUse>, place: Place, walk: Walk, id: string): Cascade {
  const { use, template } = cascade;
  const found = namedCascade(use, place.at('use'), walk.context);
  const order = 'order' in cascade ? readOrder(cascade.order) : found?.order;
  const origin = place.at('template');
  const nextId = stageIds(id, walk);
  const last = (found?.stages.length ?? 0) - 1;
  const stages = (found?.stages ?? []).flatMap(({ channel, until, within }, index): CascadeStage[] => {
    if ('order' in cascade && order && until === undefined && !found?.order) {
      const { report } = walk.context;
      const help = t`Add \`until\` and \`within\` to the last stage of \`${String(use)}\`: any of them may come before another one.`;
      report.error(
        'CRM4011',
        place.at('order').value,
        t`\`${String(use)}\` cannot be used in the order \`${order}\``,
        help,
      );
    }
    checkMessage(channel, template, origin, walk, { elsewhere: true });
    const waiting = until === undefined || within === undefined || (!order && index === last) ? {} : { until, within };
    return template === undefined ? [] : [{ id: nextId(channel, origin), channel, template, ...waiting }];
  });
  return { kind: 'cascade', id, ...(order && { order }), stages };
}

function namedCascade(name: string | undefined, place: Place, context: Context) {
  if (name === undefined || context.cascades.has(name)) return context.cascades.get(name ?? '');
  unknownName(context, { code: 'CRM4035', what: 'cascade', name, names: [...context.cascades.keys()], place });
  return undefined;
}

function buildStages(
  stages: (Written | undefined)[],
  place: Place,
  walk: Walk,
  cascade: string,
  order: CascadeOrder | undefined,
): CascadeStage[] {
  const nextId = stageIds(cascade, walk);
  return stages.flatMap((stage, index): CascadeStage[] => {
    if (!stage) return [];
    const at = place.at(index);
    const misspelt = Object.keys(stage).some((key) => !options.includes(key) && !walk.context.channels.has(key));
    checkStageWait(stage, { last: index === stages.length - 1, order, misspelt }, at, walk.context.report);
    const channel = channelOf(stage, at, walk);
    if (channel === undefined) return [];
    const template = stage[channel];
    checkMessage(channel, template, at.at(channel), walk);
    const id = nextId(channel, at);
    return template === undefined ? [] : [{ id, channel, template, ...readStageWait(stage) }];
  });
}

/** Ids of stages, made of their channels. */
function stageIds(cascade: string, walk: Walk): (channel: string, at: Place) => string {
  const seen = new Map<string, number>();
  return (channel, at) => {
    const count = (seen.get(channel) ?? 0) + 1;
    seen.set(channel, count);
    const id = walk.ids.derived(`${cascade}.${channel}${count > 1 ? `-${count}` : ''}`, at);
    walk.context.origins[`campaign.${walk.campaign}.${id}`] = at.key;
    return id;
  };
}

/** The one key that names a channel; the others are options. */
function channelOf(stage: Written, place: Place, walk: Walk): string | undefined {
  const { report, channels } = walk.context;
  const keys = Object.keys(stage).filter((key) => !options.includes(key));
  const known = keys.filter((key) => channels.has(key));
  const [first, second] = known.length > 0 ? known : keys;
  if (first === undefined) {
    const help =
      channels.size > 0 ? t`Add ${choice(channels.keys())} with a template.` : t`Add a channel with a template.`;
    report.error('CRM4011', place.key, t`The stage of the cascade names no channel`, help);
  }
  if (known.length > 1 && second !== undefined) {
    const help = t`Make them two stages, one after the other.`;
    report.error(
      'CRM4011',
      place.at(second).key,
      t`One stage uses two channels, \`${String(first)}\` and \`${second}\``,
      help,
    );
  }
  for (const key of keys.filter((one) => !channels.has(one) && one !== first)) {
    const help = nameHelp(key, [...options, ...channels.keys()], 'keys');
    report.error('CRM1010', place.at(key).key, t`Unknown key \`${key}\` in a stage of a cascade`, help);
  }
  return first;
}

function writtenStage({ channel, template, until, within }: CascadeStage): written.Stage {
  return {
    [channel]: template,
    ...(until !== undefined && { until }),
    ...(within !== undefined && { within: printDuration(within) }),
  } as written.Stage;
}
