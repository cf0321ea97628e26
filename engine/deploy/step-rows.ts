import type { CompiledCampaign, StepRow } from '../program/program.ts';
import type { Value } from '../store/database.ts';

/** The rows of `step`, `arm` and `fallback` for one version, steps numbered from `first`. */
export function stepRows(campaign: CompiledCampaign, first: number): Record<'steps' | 'arms' | 'fallbacks', Value[][]> {
  const numbers = new Map(campaign.steps.map((step, i) => [step.id, first + i]));
  const number = (id: string | null | undefined): Value => (id ? (numbers.get(id) ?? null) : null);
  const steps = campaign.steps.map((step): Value[] => {
    const row = { ...blank, ...facts(step) };
    return [
      number(step.id),
      campaign.name,
      campaign.hash,
      step.id,
      step.kind,
      number('next' in step ? step.next : null),
      number('otherwise' in step ? step.otherwise : null),
      row.ms,
      row.minute,
      row.days,
      row.channel,
      row.template,
      row.until,
      row.within,
      row.salt,
      row.redraw,
      row.segment,
      row.reason,
    ];
  });
  const arms = campaign.steps.flatMap((step): Value[][] => {
    if (step.kind === 'split')
      return step.arms.map((arm) => [number(step.id), arm.name, arm.control, arm.from, arm.to, number(arm.next)]);
    if (step.kind !== 'prefer') return [];
    return step.stages.map(({ id, channel }, i) => [number(step.id), channel, false, i, i + 1, number(id)]);
  });
  const sends = new Map(campaign.steps.flatMap((step) => (step.kind === 'send' ? [[step.id, step]] : [])));
  const fallbacks = [...sends.values()].flatMap((send) => {
    const rows: Value[][] = [];
    for (let next = sends.get(send.otherwise ?? ''); next; next = sends.get(next.otherwise ?? ''))
      rows.push([number(send.id), number(next.id), rows.length + 1]);
    return rows;
  });
  return { steps, arms, fallbacks };
}

type Fact =
  | 'ms'
  | 'minute'
  | 'days'
  | 'channel'
  | 'template'
  | 'until'
  | 'within'
  | 'salt'
  | 'redraw'
  | 'segment'
  | 'reason';
type Facts = Record<Fact, Value>;
const blank: Facts = {
  ms: null,
  minute: null,
  days: null,
  channel: null,
  template: null,
  until: null,
  within: null,
  salt: null,
  redraw: null,
  segment: null,
  reason: null,
};
const everyDay = 127;

function facts(step: StepRow): Partial<Facts> {
  switch (step.kind) {
    case 'wait':
      return { ms: step.ms };
    case 'until':
      return { minute: step.minuteOfDay, days: step.weekdays ?? everyDay };
    case 'await':
      return { within: step.within };
    case 'send':
      return { channel: step.channel, template: step.template, until: step.until ?? null, within: step.within ?? null };
    case 'split':
      return { salt: step.salt, redraw: step.sticky === false };
    case 'add':
    case 'remove':
      return { segment: step.segment };
    case 'exit':
      return { reason: step.reason };
    case 'if':
    case 'prefer':
    case 'set':
      return {};
  }
}
