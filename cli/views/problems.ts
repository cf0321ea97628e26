import type { DataProblems } from '../../engine/report/problems.ts';
import { count, many, printable } from './format.ts';

/** Returns the problems of the data, one line each: `customers.csv:17: email: …`. */
export function problemLines({ total, refusals, conflicts, first }: DataProblems): string[] {
  const more = total - first.length;
  const kinds = [
    ...(refusals > 0 ? [`${count(refusals)} about refusals`] : []),
    ...(conflicts > 0 ? [`${count(conflicts)} where two customers have one id`] : []),
  ];
  return [
    ...(kinds.length > 0 ? [`${many(total, 'problem')}: ${kinds.join(', ')}`] : []),
    ...printable(first).map(({ path, line, field, message }) =>
      // Most messages name the field themselves.
      [
        line > 0 ? `${path}:${line}` : path,
        ...(field === null || message.startsWith(field) ? [] : [field]),
        message,
      ].join(': '),
    ),
    ...(more > 0 ? [`and ${many(more, 'more problem')}; \`crm status --json\` lists all`] : []),
  ];
}
