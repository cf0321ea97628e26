import type { DataProblem, DataProblems } from '../../engine/report/problems.ts';
import { t, translated } from '../../spec/words/t.ts';
import { causeLines } from './causes.ts';
import { many, printable } from './format.ts';
import { hang, wrap } from './wrap.ts';

/** The number of causes that are shown of a store's problems. */
const SOME = 10;

/** Returns the problems of the data by cause, the worst first. `all`: also lists each problem on a line. */
export function problemLines(
  { total, refusals, conflicts, causes, first }: DataProblems,
  { width, all = false }: { width: number; all?: boolean },
): string[] {
  if (total === 0) return [];
  const kinds = [
    ...(refusals > 0 ? [t`${refusals} about refusals`] : []),
    ...(conflicts > 0 ? [t`${conflicts} where two customers have one id`] : []),
  ];
  return [
    ...wrap(`${many(total, 'problem')}${kinds.length > 0 ? `: ${kinds.join(', ')}` : ''}`, width),
    ...causeLines(causes, { width, ...(all ? {} : { most: SOME, rest: t`\`crm status --all\` lists all` }) }),
    ...(all ? ['', t`One by one`, ...printable(first).flatMap((one) => hang('', oneLine(one), width, 2))] : []),
  ];
}

/** Returns `orders.csv:3: at "2026-02-31" is not a date. The row was left out.` */
function oneLine({ path, line, field, message, count: n }: DataProblem): string {
  const words = translated(message);
  return [
    line > 0 ? `${path}:${line}` : path,
    // Most messages name the field themselves.
    ...(field === null || message.startsWith(field) ? [] : [field]),
    n > 1 ? t`${words} (and ${many(n - 1, 'more problem')} of this cause from here on)` : words,
  ].join(': ');
}
