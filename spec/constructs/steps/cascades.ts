import type * as written from '../../document/document.generated.ts';
import { form, type Items, optional, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { NamedCascade } from '../../model/model.ts';
import { printDuration } from '../../words/durations.ts';
import type { Entry } from '../contents.ts';
import { type Context, checkChannel } from '../context.ts';
import { checkCarried } from './message.ts';
import { checkStageWait, orderClause, readOrder, readStageWait, stageWaitClauses } from './stage-wait.ts';

const stageForm = form('named_stage', 'a stage of a cascade', () => [slot('channel', 'name'), ...stageWaitClauses]);
const stageList: Items = { kind: 'items', name: 'named_stages', title: 'a cascade', of: () => stageForm };
/** Channels in order, for several journeys. */
export const namedCascadeForm = form('named_cascade', 'a cascade', () => [
  optional('title', 'text'),
  orderClause,
  slot('stages', stageList),
]);

/** The named cascades; those that are wrong are known by their names, so that their users are not blamed. */
export function buildCascades(entries: Entry<written.NamedCascade>[], context: Context): NamedCascade[] {
  return entries.flatMap(({ name, value, place }) => {
    const cascade = value && buildCascade(name, value, place, context);
    context.cascades.set(name, cascade);
    return cascade ?? [];
  });
}

function buildCascade(
  name: string,
  { title, order: written, stages: list }: Loose<written.NamedCascade>,
  place: Place,
  context: Context,
): NamedCascade | undefined {
  const order = readOrder(written);
  const stages = (list ?? []).map((stage, index) => {
    if (!stage) return undefined;
    const at = place.at('stages', index);
    checkStageWait(stage, { last: index === (list?.length ?? 0) - 1, order }, at, context.report);
    const { channel } = stage;
    checkChannel(context, channel, at.at('channel'), 'value');
    const carried = channel !== undefined && checkCarried(channel, 'message', at.at('channel').value, context);
    return carried ? { channel, ...readStageWait(stage) } : undefined;
  });
  const whole = stages.filter((stage) => stage !== undefined);
  if (stages.length === 0 || whole.length < stages.length) return undefined;
  return { name, ...(title !== undefined && { title }), ...(order && { order }), stages: whole };
}

/** A cascade of the section of cascades, as written. */
export function writtenNamedCascade({ title, order, stages }: NamedCascade): written.NamedCascade {
  return {
    ...(title !== undefined && { title }),
    ...(order && { order }),
    stages: stages.map(({ within, ...stage }) => ({
      ...stage,
      ...(within !== undefined && { within: printDuration(within) }),
    })),
  };
}
