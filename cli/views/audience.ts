import pc from 'picocolors';
import type { CampaignAudience } from '../../engine/inspect/audience.ts';
import type { CompiledCampaign, CompiledTrigger } from '../../engine/program/program.ts';
import { t } from '../../spec/words/t.ts';
import { count, duration, indent, many, printable, type ViewOptions } from './format.ts';
import { table } from './table.ts';
import { hang } from './wrap.ts';

/** The customers inside a campaign by step, and those who may enter. */
export function audienceText(
  { name, title, trigger }: CompiledCampaign,
  { inside, steps, mayEnter }: CampaignAudience,
  view: ViewOptions,
): string {
  const { bold } = pc.createColors(view.color);
  const columns = [{ title: t`step` }, { title: t`customers`, right: true }];
  const rows = steps.map(({ step, customers }) => [step, count(customers)]);
  const label = printable(title === undefined ? t`Campaign ${name}` : t`Campaign ${name} "${title}"`);
  const there = many(inside, 'customer');
  return `${[
    ...hang('', label, view.width, 2).map(bold),
    rows.length > 0 ? t`${there} inside:` : t`${there} inside`,
    ...(rows.length > 0 ? indent(table(columns, rows, view.width - 2)) : []),
    ...hang('', entryWords(many(mayEnter, 'customer'), trigger), view.width, 2),
  ].join('\n')}\n`;
}

function entryWords(customers: string, trigger: CompiledTrigger): string {
  switch (trigger.kind) {
    case 'event':
      return trigger.when
        ? t`${customers} may enter when ${trigger.event} happens to them as the campaign asks for`
        : t`${customers} may enter when ${trigger.event} happens to them`;
    case 'segment':
      return t`${customers} may enter by being new in segment ${trigger.segment}: they are in it now`;
    case 'leaving':
      return t`${customers} may enter when they leave segment ${trigger.segment}: they are in it now`;
    case 'date':
      return t`${customers} may enter on the day of ${trigger.attribute}: they have one`;
    case 'absence': {
      const { event } = trigger.absent ?? trigger.since;
      return t`${customers} may enter when ${event} has not come for ${duration(trigger.ms)}`;
    }
    case 'schedule':
      return t`${customers} may enter when its time comes round`;
    case 'manual':
      return t`${customers} may enter when it is launched`;
  }
}
