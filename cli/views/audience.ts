import pc from 'picocolors';
import type { CompiledCampaign, CompiledTrigger } from '../../engine/compile/program.ts';
import type { CampaignAudience } from '../../engine/look/audience.ts';
import { printDuration } from '../../spec/expression/durations.ts';
import { count, indent, many, printable, type ViewOptions } from './format.ts';
import { table } from './table.ts';

/** The customers inside a campaign by step, and those who may enter. */
export function audienceText(
  { name, title, trigger }: CompiledCampaign,
  { inside, steps, mayEnter }: CampaignAudience,
  view: ViewOptions,
): string {
  const { bold } = pc.createColors(view.color);
  const columns = [{ title: 'step' }, { title: 'customers', right: true }];
  const rows = steps.map(({ step, customers }) => [step, count(customers)]);
  return `${[
    bold(printable(`Campaign ${name}${title === undefined ? '' : ` "${title}"`}`)),
    `${many(inside, 'customer')} inside${rows.length > 0 ? ':' : ''}`,
    ...(rows.length > 0 ? indent(table(columns, rows, view.width - 2)) : []),
    `${many(mayEnter, 'customer')} may enter ${whenWords(trigger)}`,
  ].join('\n')}\n`;
}

function whenWords(trigger: CompiledTrigger): string {
  switch (trigger.kind) {
    case 'event':
      return `when ${trigger.event} happens to them${trigger.when ? ' as the campaign asks for' : ''}`;
    case 'segment':
      return `by being new in segment ${trigger.segment}: they are in it now`;
    case 'leaving':
      return `when they leave segment ${trigger.segment}: they are in it now`;
    case 'date':
      return `on the day of ${trigger.attribute}: they have one`;
    case 'absence':
      return `when ${(trigger.absent ?? trigger.since).event} has not come for ${printDuration(trigger.ms)}`;
    case 'schedule':
      return 'when its time comes round';
    case 'manual':
      return 'when it is launched';
  }
}
