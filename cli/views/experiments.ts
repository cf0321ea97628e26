import type { Capped, Experiment, ExperimentArm, Judged } from '../../engine/metrics/experiments.ts';
import type { Estimate } from '../../engine/metrics/stats/sample.ts';
import { t } from '../../spec/words/t.ts';
import { count, fixed, many, minus, moneyFormat, percent } from './format.ts';
import { gridOf, left, type Part, right } from './grid.ts';

type Project = Parameters<typeof moneyFormat>[0];
type Show = (n: number) => string;

/** Returns the arms of a split beside the one that they are compared with: goals, revenue, and the verdict on the difference. */
export function experimentContent(one: Experiment, project: Project): Part['content'] {
  const money = moneyFormat(project);
  const coins: Show = (n) => money(Math.round(n * 100) / 100);
  const points: Show = (n) => fixed(n * 100, 1);
  const arm = left(t`arm`);
  const compared = one.arms.some(({ effect }) => effect !== null);
  const titles = compared ? [t`difference`, t`with 95% confidence`] : [];
  const units = one.unit === 'customer' ? t`customers` : t`entries`;
  const differenceOf = (judged: Judged | null | undefined, show: Show) =>
    judged
      ? [
          signed((judged.freed?.always ?? judged.once).estimate, show),
          judged.verdict !== 'few' ? interval((judged.freed ?? judged).always, show) : '–',
        ]
      : titles.map(() => '');
  const goals = one.arms.map((mine) => [
    nameOf(mine),
    count(mine.n),
    mine.conversion ? `${count(mine.converted)} (${percent(mine.conversion.estimate)})` : '–',
    ...differenceOf(mine.effect?.conversion, points),
  ]);
  const amounts = one.arms.map((mine) => [
    nameOf(mine),
    money(mine.revenue),
    mine.mean ? coins(mine.mean.estimate) : '–',
    ...differenceOf(mine.effect?.revenue, coins),
  ]);
  const goalTitles = [
    units,
    t`reached the goal`,
    ...titles.map((title, i) => (i === 0 ? t`difference in points` : title)),
  ];
  const each = one.unit === 'customer' ? t`of one customer` : t`of one entry`;
  return [
    ...gridOf([arm, ...goalTitles.map(right)], goals),
    ...(one.arms.some(({ revenue }) => revenue > 0)
      ? gridOf([arm, ...[t`revenue`, each, ...titles].map(right)], amounts)
      : []),
    ...(one.without === null
      ? [...one.arms.flatMap((mine) => verdictLines(mine, one, coins)), ...freedLines(one)]
      : [whyNot(one)]),
  ];
}

/** Returns a title such as `Arms of offer, after plain`. */
export function experimentTitle({ split, after, version, template }: Experiment, several: boolean): string {
  const name = template === null ? armsOf(split, after) : variantsOf(split, after);
  return several ? t`${name} (version ${version})` : name;
}

function armsOf(split: string, after: string | null): string {
  return after === null ? t`Arms of ${split}` : t`Arms of ${split}, in the arm ${after}`;
}

function variantsOf(split: string, after: string | null): string {
  return after === null ? t`Variants of ${split}` : t`Variants of ${split}, in the arm ${after}`;
}

function nameOf({ arm, control, share }: ExperimentArm): string {
  return control && arm !== 'control' ? t`${arm} ${percent(share, 0)} (control)` : `${arm} ${percent(share, 0)}`;
}

function whyNot({ without, ratio }: Experiment): string {
  return without === 'mismatch'
    ? t`The arms do not have the customers that their shares give them (p = ${(ratio?.p ?? 0).toExponential(1)}). Something is wrong with the drawing or the counting, so no arm is judged.`
    : t`No arm gets nothing, so nobody can tell what the arms are worth: \`control: true\` makes one the control.`;
}

/** Returns a note about the variance that the customers' past explains, where differences are adjusted for it. */
function freedLines({ arms }: Experiment): string[] {
  const explained = arms.flatMap(({ effect }) =>
    [effect?.conversion, effect?.revenue].flatMap((one) => (one?.freed ? [one.freed.explained] : [])),
  );
  if (explained.length === 0) return [];
  const most = Math.max(...explained);
  return [
    most < 0.005
      ? t`The differences are freed from what the customers had done in the 90 days before, so they are not quite those of the numbers beside them.`
      : t`The differences are freed from what the customers had done in the 90 days before, which explains up to ${percent(most, 0)} of the variance, so they are not those of the numbers beside them.`,
  ];
}

function verdictLines({ arm, n, effect }: ExperimentArm, { base: against, arms }: Experiment, coins: Show): string[] {
  if (!effect) return [];
  const { conversion, revenue, capped } = effect;
  const base = against ?? '';
  if (Math.min(n, arms.find((one) => one.arm === base)?.n ?? 0) < 2)
    return [t`${arm}: nothing can be said, since too few customers are in it or in ${base}.`];
  if (!conversion) return [t`${arm}: nothing can be said, since nobody reached the goal or everybody did.`];
  const goal = verdictWords(conversion, base);
  return [
    `${arm}: ${goal}`,
    ...(revenue?.verdict === 'more' || revenue?.verdict === 'less'
      ? [revenueWords(arm, base, revenue.verdict), ...cappedWords(arm, revenue.verdict, capped, coins)]
      : []),
  ];
}

/** Returns a note that a difference rests on a few large amounts. */
function cappedWords(arm: string, verdict: 'more' | 'less', capped: Capped | null, coins: Show): string[] {
  if (!capped || (verdict === 'more' ? capped.always.low > 0 : capped.always.high < 0)) return [];
  return [
    t`${arm}: that rests on a few large amounts. If nobody counts for more than ${coins(capped.cap)}, it is not certain.`,
  ];
}

function verdictWords({ verdict, moreDays, lift }: Judged, base: string): string {
  switch (verdict) {
    case 'more':
      return t`more customers reach the goal than in ${base}${liftWords(lift)}.`;
    case 'less':
      return t`fewer customers reach the goal than in ${base}${liftWords(lift)}.`;
    default:
      return moreDays === null
        ? t`not enough yet to tell it from ${base}.`
        : t`not enough yet to tell it from ${base}: about ${many(moreDays, 'more day')}, if the difference stays as it is.`;
  }
}

function revenueWords(arm: string, base: string, verdict: 'more' | 'less'): string {
  return verdict === 'more'
    ? t`${arm}: it brings more revenue than ${base}.`
    : t`${arm}: it brings less revenue than ${base}.`;
}

function liftWords(lift: Estimate | null): string {
  return lift ? ` (${signed(lift.estimate, (n) => percent(n, 0))})` : '';
}

function signed(n: number, show: Show): string {
  return minus(n > 0 ? `+${show(n)}` : show(n));
}

function interval({ low, high }: Estimate, show: Show): string {
  return t`${signed(low, show)} to ${signed(high, show)}`;
}
