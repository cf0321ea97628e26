import { DateTime } from 'luxon';
import type { Guards, NoApply } from '../../spec/model/model.ts';
import { timeOfDay } from '../../spec/words/printing.ts';
import { later } from '../../spec/words/t.ts';
import { canonical } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Change } from './change.ts';
import type { Effects } from './effects.ts';
import type { Notice } from './notices.ts';

/** The names of guards that `--allow` lets pass. The limits are `policies.guards`; `remove_all` and `policies` hold always. */
export type GuardName = keyof typeof keys | 'remove_all' | 'policies';

const keys = {
  max_recipients: 'maxRecipients',
  max_budget: 'maxBudget',
  max_audience_growth: 'maxAudienceGrowth',
  no_apply: 'noApply',
} as const satisfies Record<string, keyof Guards>;

/**
 * Returns the guards of both programs, so that a plan cannot free itself of those that are applied: of two limits the smaller one, and
 * the hours of both.
 */
function guardsOf(programs: readonly (Program | undefined)[]): Guards & { hours: NoApply[] } {
  const all = programs.flatMap((program) => program?.policies.guards ?? []);
  const least = (key: 'maxRecipients' | 'maxBudget' | 'maxAudienceGrowth') => {
    const limits = all.flatMap((guards) => guards[key] ?? []);
    return limits.length > 0 ? { [key]: Math.min(...limits) } : {};
  };
  const hours = all.flatMap(({ noApply }) => noApply ?? []);
  return { ...least('maxRecipients'), ...least('maxBudget'), ...least('maxAudienceGrowth'), hours };
}

/** The growth that the audience of a changed campaign may have, in hundredths of a percent; undefined: any. */
export function growthLimit(programs: readonly (Program | undefined)[]): number | undefined {
  return guardsOf(programs).maxAudienceGrowth;
}

/** Returns the guards that count what all campaigns send together, so that plans which are applied one after the other pass each of them. */
export function countingGuards(programs: readonly (Program | undefined)[]): GuardName[] {
  const { maxRecipients, maxBudget } = guardsOf(programs);
  return [
    ...(maxRecipients === undefined ? [] : ['max_recipients' as const]),
    ...(maxBudget === undefined ? [] : ['max_budget' as const]),
  ];
}

/** Returns the guards that a plan exceeds by what it says; of a plan without changes none. `at`: when it is made. Pure. */
export function guardNotices(
  { desired, applied }: { desired: Program; applied: Program | undefined },
  changes: readonly Change[],
  { forecast }: Pick<Effects, 'forecast'>,
  at: number,
): Notice[] {
  if (changes.length === 0) return [];
  const { maxRecipients, maxBudget } = guardsOf([desired, applied]);
  const recipients = forecast.details.recipients.after ?? 0;
  const cost = costOf(forecast);
  const money = moneyIn(desired.project.currency);
  return [
    ...removal(desired, applied),
    ...otherRules(desired, applied),
    ...(maxRecipients !== undefined && recipients > maxRecipients
      ? [
          guarded(
            'max_recipients',
            later`${recipients} customers would get a message within 7 days, and the guard \`max_recipients\` lets ${maxRecipients} pass.`,
          ),
        ]
      : []),
    ...(maxBudget !== undefined && cost > maxBudget
      ? [
          guarded(
            'max_budget',
            later`The messages of 7 days would cost ${money(cost)}, and the guard \`max_budget\` lets ${money(maxBudget)} pass.`,
          ),
        ]
      : []),
    ...hoursNotice([desired, applied], at),
  ];
}

/** Returns the formatter of amounts in English, with as many decimals as the tables of a plan have. */
function moneyIn(currency: string): (amount: number) => string {
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const coins = new Intl.NumberFormat('en', options).resolvedOptions().maximumFractionDigits ?? 2;
  const format = new Intl.NumberFormat('en', { ...options, maximumFractionDigits: Math.max(coins, 4) });
  return (amount) => format.format(amount);
}

/** The cost of the 7 days after the apply, to four decimals: sums of binary fractions are not exact. */
function costOf({ sends, sample }: Effects['forecast']): number {
  const total = sample?.totals.find(({ channel }) => channel === null)?.weekCost.after;
  const cost = total ?? sends.reduce((sum, { weekCost }) => sum + (weekCost.after ?? 0), 0);
  return Math.round(cost * 10_000) / 10_000;
}

/** All campaigns of several at once: rarely meant, and often the result of a wrong folder. */
function removal(desired: Program, applied: Program | undefined): Notice[] {
  const before = applied?.campaigns ?? [];
  const names = new Set(desired.campaigns.map(({ name }) => name));
  if (before.length < 2 || before.some(({ name }) => names.has(name))) return [];
  return [guarded('remove_all', later`The plan removes all ${before.length} campaigns that are applied.`)];
}

/** Guards the rules that are applied: a plan that changed them could let the next plan go beyond them. */
function otherRules(desired: Program, applied: Program | undefined): Notice[] {
  const rules = (program: Program | undefined) => [program?.policies.guards, program?.policies.approvals];
  const [before, after] = [rules(applied), rules(desired)];
  if (before.every((one) => one === undefined) || canonical(before) === canonical(after)) return [];
  return [guarded('policies', later`The plan changes the guards or the approvals that are applied.`)];
}

/** Returns the guard of the hours, where nothing is applied at `now`. */
export function hoursNotice(programs: readonly (Program | undefined)[], now: number): Notice[] {
  const zone = programs.find((program) => program !== undefined)?.project.timezone ?? 'UTC';
  const found = guardsOf(programs).hours.find((hours) => isWithin(hours, localTime(now, zone)));
  if (!found) return [];
  return [
    guarded(
      'no_apply',
      later`Nothing is applied from ${timeOfDay(found.from)} to ${timeOfDay(found.to)} (${zone}), and it is that time.`,
    ),
  ];
}

interface LocalTime {
  /** 0 to 1439. */
  minute: number;
  /** 1 (Monday) to 7. */
  day: number;
}

function isWithin({ from, to, days }: NoApply, { minute, day }: LocalTime): boolean {
  const begins = (on: number) => !days || days.includes(on);
  if (from < to) return from <= minute && minute < to && begins(day);
  const yesterday = day === 1 ? 7 : day - 1;
  return (minute >= from && begins(day)) || (minute < to && begins(yesterday));
}

function localTime(at: number, zone: string): LocalTime {
  const { hour, minute, weekday } = DateTime.fromMillis(at, { zone });
  return { minute: hour * 60 + minute, day: weekday };
}

/** The audience of a campaign at the plan and at the apply. */
export interface Growth {
  campaign: string;
  planned: number;
  now: number;
}

/** Returns the campaigns whose audience has grown by more than `limit`, in hundredths of a percent. Pure. */
export function outgrown(
  planned: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
  limit: number,
): Growth[] {
  return Object.entries(planned)
    .map(([campaign, size]) => ({ campaign, planned: size, now: now[campaign] ?? 0 }))
    .filter((one) => one.now * 10_000 > one.planned * (10_000 + limit));
}

function guarded(name: GuardName, message: string): Notice {
  return {
    level: 'guarded',
    address: `policies.guards.${name}`,
    message,
    help: later`Change the plan, or let somebody who may decide it allow it.`,
    allow: name,
  };
}
