import type { Cohort } from '../../engine/metrics/shop/cohorts.ts';
import type { Metrics } from '../../engine/metrics/shop/metrics.ts';
import { t } from '../../spec/words/t.ts';
import { count, percent } from './format.ts';
import { gridOf, left, type Part, right } from './grid.ts';

/** Returns the cohorts by their retention, and by what one of their customers has spent so far. */
export function cohortParts({ cohorts, project }: Metrics): [title: string, content: Part['content']][] {
  const longest = Math.max(0, ...cohorts.map(({ months }) => months.length));
  const table = (cells: (cohort: Cohort) => string[]) =>
    gridOf(
      [left(t`first order in`), right(t`customers`), ...Array.from({ length: longest }, (_, i) => right(`+${i}`))],
      cohorts.map((one) => [
        one.month,
        count(one.customers),
        ...Array.from({ length: longest }, (_, i) => cells(one)[i] ?? ''),
      ]),
    );
  return [
    [
      t`Cohorts: the share that orders, by months since the first order`,
      longest > 1 ? table(({ months }) => months.map(({ retention }) => percent(retention?.estimate ?? 0, 0))) : [],
    ],
    [
      t`Cohorts: what one customer has spent so far, in ${project.currency}, by months since the first order`,
      cohorts.length > 0 ? table((one) => spentSoFar(one).map((amount) => count(Math.round(amount)))) : [],
    ],
  ];
}

/** Returns what one customer of a cohort has spent until the end of each month. */
export function spentSoFar({ months, customers }: Cohort): number[] {
  let sum = 0;
  return months.map(({ revenue }) => {
    sum += revenue;
    return sum / customers;
  });
}
