import type { DataProblems } from '../../engine/report/problems.ts';
import { many, printable } from './format.ts';

/** What is wrong with the data, one line each: `customers.csv:17: email: …`. */
export function problemLines({ total, first }: DataProblems): string[] {
  const more = total - first.length;
  return [
    ...printable(first).map(({ path, line, field, message }) =>
      [line > 0 ? `${path}:${line}` : path, ...(field === null ? [] : [field]), message].join(': '),
    ),
    ...(more > 0 ? [`and ${many(more, 'more problem')}; \`crm status --json\` lists all`] : []),
  ];
}
