import pc from 'picocolors';
import type { CampaignAudience } from '../../engine/inspect/audience.ts';
import type { CompiledCampaign } from '../../engine/program/program.ts';
import { triggerKind, type Watched } from '../../spec/constructs/triggers/index.ts';
import { t } from '../../spec/words/t.ts';
import { count, indent, many, printable, type ViewOptions } from './format.ts';
import { table } from './table.ts';
import { hang } from './wrap.ts';

/** Renders the customers inside a campaign by step, and those who may enter it. `on`: the trigger's event or segment. */
export function audienceText(
  { name, title }: CompiledCampaign,
  on: Watched,
  { inside, steps, mayEnter, before, outsideStage }: CampaignAudience,
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
    ...hang('', triggerKind(on).mayEnter(many(mayEnter, 'customer'), on), view.width, 2),
    ...(before === undefined ? [] : hang('', earlier(before), view.width, 2)),
    ...(outsideStage === undefined ? [] : hang('', outside(outsideStage), view.width, 2)),
  ].join('\n')}\n`;
}

function earlier({ version, mayEnter }: NonNullable<CampaignAudience['before']>): string {
  const whom = many(mayEnter, 'customer');
  return t`of them ${whom} into version ${version}, the one before: the change is being rolled out`;
}

function outside(customers: number): string {
  const whom = many(customers, 'customer');
  return t`${whom} kept out by the present stage of the rollout`;
}
