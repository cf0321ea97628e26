import type { FileLoss } from '../../engine/data/intake/losses.ts';
import { t } from '../../spec/words/t.ts';
import { many } from './format.ts';

const SHOWN = 3;

/** Returns the lines about both programs of a forecast. */
export function forecastLosses({
  losses,
  lossesBefore = [],
}: {
  losses: FileLoss[];
  lossesBefore?: FileLoss[];
}): string[] {
  return [...lossLines(losses), ...lossLines(lossesBefore).map((one) => t`What the plan starts from: ${one}`)];
}

/** Returns a line about the rows that were left out, and one about the files without rows: `Without 3 rows that cannot be read: orders.csv 2 of 30, …`. */
export function lossLines(losses: FileLoss[]): string[] {
  const broken = losses.filter(({ lost }) => lost > 0);
  const lost = broken.reduce((sum, file) => sum + file.lost, 0);
  const missing = losses.filter((file) => file.lost === 0 && file.missing).map(({ path }) => path);
  const empty = losses.filter((file) => file.lost === 0 && !file.missing).map(({ path }) => path);
  return [
    ...(lost > 0 ? [t`Without ${many(lost, 'row')} that cannot be read: ${listed(broken.map(lossWords))}`] : []),
    ...(missing.length === 1 ? [t`Without ${listed(missing)}, which does not exist`] : []),
    ...(missing.length > 1 ? [t`Without ${listed(missing)}, which do not exist`] : []),
    ...(empty.length > 0 ? [t`Without customers from ${listed(empty)}: no row is in it`] : []),
  ];
}

function lossWords(file: FileLoss): string {
  return t`${file.path} ${file.lost} of ${file.rows + file.lost}`;
}

function listed(names: string[]): string {
  const more = names.length - SHOWN;
  return [...names.slice(0, SHOWN), ...(more > 0 ? [t`and ${many(more, 'more file')}`] : [])].join(', ');
}

/** Returns a sentence about rows of the customers' files: `Rows of customers that cannot be read: customers.csv 3 of 30; …` */
export function lostWords(losses: FileLoss[]): string {
  return t`Rows of customers that cannot be read: ${listed(losses.map(lossWords))}; \`crm status\` shows where and why.`;
}
