import type { DataProblem, DataProblems } from '../../engine/report/problems.ts';
import { causeLines } from './causes.ts';
import { count, many, printable } from './format.ts';
import { wrap } from './wrap.ts';

/** The causes that are shown of a store's problems. */
const SOME = 10;

/** Returns the problems of the data by cause, the worst first. `all`: also each of them, a line each. */
export function problemLines(
  { total, refusals, conflicts, causes, first }: DataProblems,
  { width, all = false }: { width: number; all?: boolean },
): string[] {
  if (total === 0) return [];
  const kinds = [
    ...(refusals > 0 ? [`${count(refusals)} about refusals`] : []),
    ...(conflicts > 0 ? [`${count(conflicts)} where two customers have one id`] : []),
  ];
  return [
    ...wrap(`${many(total, 'problem')}${kinds.length > 0 ? `: ${kinds.join(', ')}` : ''}`, width),
    ...causeLines(causes, { width, ...(all ? {} : { most: SOME, rest: '`crm status --all` lists all' }) }),
    ...(all ? ['', 'One by one', ...printable(first).map(oneLine)] : []),
  ];
}

/** `orders.csv:3: at "2026-02-31" is not a date. The row was left out.` */
export function oneLine({ path, line, field, message, count: n }: DataProblem): string {
  return [
    line > 0 ? `${path}:${line}` : path,
    // Most messages name the field themselves.
    ...(field === null || message.startsWith(field) ? [] : [field]),
    n > 1 ? `${message} (and ${many(n - 1, 'more problem')} of this cause from here on)` : message,
  ].join(': ');
}
