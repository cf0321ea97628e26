import type * as written from '../document/document.generated.ts';
import { body, clause, form, nameList, statement } from '../document/forms.ts';
import type { Approvals, Guards, NoApply } from '../model/model.ts';
import { percent, timeOfDay } from '../words/printing.ts';
import { readPercent, readTimeOfDay } from '../words/readings.ts';
import { t } from '../words/t.ts';
import { weekdayNames } from '../words/weekdays.ts';
import type { Entry } from './contents.ts';
import type { Context } from './context.ts';

const noApplyForm = form('no_apply', 'the hours without applies', () => [
  clause('from', 'name'),
  clause('to', 'name'),
  clause('days', nameList('days', 'a list of days')),
]);

export const guardsForm = form('guards', 'the guards', () => [
  body([
    statement('max_recipients', 'number'),
    statement('max_budget', 'number'),
    statement('max_audience_growth', 'name'),
    statement('no_apply', noApplyForm),
  ]),
]);

export const approvalsForm = form('approvals', 'the approvals', () => [
  body([
    statement('required', 'number'),
    statement('for', nameList('approved_plans', 'a list of kinds of plans')),
    statement('approvers', nameList('approvers', 'a list of approvers')),
  ]),
]);

export function buildGuards({ value }: Entry<written.Guards>): Guards {
  const {
    max_recipients: maxRecipients,
    max_budget: maxBudget,
    max_audience_growth: growth,
    no_apply: hours,
  } = value ?? {};
  const maxAudienceGrowth = readPercent(growth ?? '');
  const noApply = hours && buildNoApply(hours as Partial<written.NoApply>);
  return {
    ...(maxRecipients !== undefined && { maxRecipients }),
    ...(maxBudget !== undefined && { maxBudget }),
    ...(maxAudienceGrowth !== undefined && { maxAudienceGrowth }),
    ...(noApply && { noApply }),
  };
}

function buildNoApply({ from: first, to: last, days: names }: Partial<written.NoApply>): NoApply | undefined {
  const from = readTimeOfDay(first ?? '');
  const to = readTimeOfDay(last ?? '');
  if (from === undefined || to === undefined) return undefined;
  const days = names && [...new Set(names.map((name) => weekdayNames.indexOf(name) + 1))].sort();
  return { from, to, ...(days && { days }) };
}

export function buildApprovals({ value, place }: Entry<written.Approvals>, context: Context): Approvals {
  const approvers = (value?.approvers ?? []).flatMap((line) => (line === undefined ? [] : [line.trim()]));
  const required = value?.required ?? 1;
  const people = new Set(approvers.map((line) => line.split(/[ ,]/)[0]));
  const isWhole = approvers.length > 0 && approvers.length === value?.approvers?.length;
  if (isWhole && people.size < required)
    context.report.error(
      'CRM4025',
      place.at(value && 'required' in value ? 'required' : 'approvers').value,
      t`A plan would need ${String(required)} approvals, but the number of approvers is ${String(people.size)}`,
      t`Name more approvers, or require fewer approvals.`,
    );
  const plans = (value?.for ?? ['breaking', 'guards']).flatMap((kind) => kind ?? []);
  return { required, for: [...new Set(plans)], approvers };
}

export function writtenGuards({ maxRecipients, maxBudget, maxAudienceGrowth, noApply }: Guards): written.Guards {
  return {
    ...(maxRecipients !== undefined && { max_recipients: maxRecipients }),
    ...(maxBudget !== undefined && { max_budget: maxBudget }),
    ...(maxAudienceGrowth !== undefined && { max_audience_growth: percent(maxAudienceGrowth) }),
    ...(noApply && { no_apply: writtenNoApply(noApply) }),
  };
}

function writtenNoApply({ from, to, days }: NoApply): written.NoApply {
  const names = days?.map((day) => weekdayNames[day - 1] ?? '') as written.WeekdayNames | undefined;
  return { from: timeOfDay(from), to: timeOfDay(to), ...(names && { days: names }) };
}

export function writtenApprovals({ required, for: plans, approvers }: Approvals): written.Approvals {
  return { required, for: plans as written.ApprovedPlans, approvers: approvers as written.Approvers };
}
