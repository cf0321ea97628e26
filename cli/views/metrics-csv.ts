import type { Metrics } from '../../engine/metrics/shop/metrics.ts';
import { csvLine } from '../csv.ts';
import { lastMoves } from './rfm-parts.ts';

type Line = [part: string, row: string | null, column: string | null, figure: string, value: number | null];

/**
 * Renders the numbers of a shop as one table of CSV with a line for each number. `row` and `column` say what it is of: the value of the attribute, the
 * month, the cohort and the months since it, the scores, the groups before and after, the event or the channel.
 */
export function metricsCsv({
  total,
  groups,
  months,
  cohorts,
  retention,
  rfm,
  funnel,
  predicted,
  channels,
}: Metrics): string {
  const lines: Line[] = [
    ...figures('shop', null, null, total),
    ...groups.flatMap(({ value, others, channels: sent, ...one }) => {
      const name = others ? `+${others}` : value;
      const rows = sent.flatMap(({ channel, ...each }) => figures('group-channel', name, channel, each));
      return [...figures('group', name, null, one), ...rows];
    }),
    ...months.flatMap(({ month, ...one }) => figures('month', month, null, one)),
    ...cohorts.flatMap((cohort) =>
      cohort.months.flatMap(({ since, ...one }) => figures('cohort', cohort.month, String(since), one)),
    ),
    ...retention.flatMap(({ since, ...one }) => figures('retention', null, String(since), one)),
    ...rfm.cells.flatMap(({ recency, frequency, ...one }) => figures('rfm', String(recency), String(frequency), one)),
    ...rfm.groups.flatMap(({ group, ...one }) => figures('rfm-group', group, null, one)),
    ...(lastMoves(rfm.moves)?.moves ?? []).flatMap(({ from, to, ...one }) => figures('move', from, to, one)),
    ...predictionLines(predicted),
    ...(funnel?.steps ?? []).flatMap(({ event, ...one }) => figures('funnel', event, null, one)),
    ...channels.flatMap(({ channel, ...one }) => figures('channel', channel, null, one)),
  ];
  return [csvLine(['part', 'row', 'column', 'figure', 'value']), ...lines.map((line) => csvLine(line))].join('');
}

function predictionLines(predicted: Metrics['predicted']): Line[] {
  if (!predicted) return [];
  const { groups, ...all } = predicted;
  return [
    ...figures('predicted', null, null, all),
    ...groups.flatMap(({ value, ...one }) => figures('predicted-group', value, null, one)),
  ];
}

/** Returns a line for each number of an object, those of the objects in it by names such as `retention.low`. */
function figures(part: string, row: string | null, column: string | null, of: object, within = ''): Line[] {
  return Object.entries(of).flatMap(([name, value]): Line[] => {
    const figure = `${within}${name}`;
    if (typeof value === 'number' || value === null) return [[part, row, column, figure, value]];
    return figures(part, row, column, value, `${figure}.`);
  });
}
