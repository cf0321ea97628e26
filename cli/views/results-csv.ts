import type { Results } from '../../engine/metrics/results.ts';
import { csvLine } from '../csv.ts';

const names = ['campaign', 'version', 'step', 'arm', 'channel', 'day'] as const;
const entries = ['entered', 'aimed', 'converted', 'revenue', 'spent'] as const;
const feedback = ['delivered', 'opened', 'prefetched', 'clicked', 'bounced', 'complained', 'unsubscribed'] as const;
const messages = ['decided', 'refused', 'waiting', 'sent', 'failed', 'unknown', ...feedback, 'cost'] as const;

/**
 * Renders the cells of results as one table of CSV, whose columns can be added up: a row about those who entered has no step and no
 * channel, and a row about messages has no figures of those who entered.
 */
export function resultsCsv({ campaigns }: Results): string {
  const lines = campaigns.flatMap(({ rows }) => [
    ...rows.enrolments.map((row) => [
      ...[row.campaign, row.version, null, row.arm, null, row.day],
      ...entries.map((name) => row[name]),
      row.openUntil === null ? null : new Date(row.openUntil).toISOString(),
      ...messages.map(() => null),
    ]),
    ...rows.messages.map((row) => [
      ...names.map((name) => row[name]),
      ...[...entries, 'open_until'].map(() => null),
      ...messages.map((name) => row[name]),
    ]),
  ]);
  return [csvLine([...names, ...entries, 'open_until', ...messages]), ...lines.map((line) => csvLine(line))].join('');
}
