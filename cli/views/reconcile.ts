import pc from 'picocolors';
import type { Expected } from '../../engine/plan/kept-forecast.ts';
import type { Cause, Compared, SinceApply } from '../../engine/plan/since-apply.ts';
import { t } from '../../spec/words/t.ts';
import { clockFormat, count, duration, indent, many, printable, type ViewOptions } from './format.ts';
import { tableRows } from './table.ts';
import { refusalWords } from './words.ts';
import { fold, hang } from './wrap.ts';

/** The number of causes that are shown of a line. */
const CAUSES = 4;

/** Renders a forecast beside what was sent. `zone`: the project's, IANA. */
export function renderReconcile(found: SinceApply, zone: string, view: ViewOptions): string {
  const { serial, appliedAt, from, to, days, of, end, sends, entries } = printable(found);
  const { bold } = pc.createColors(view.color);
  const clock = clockFormat(zone);
  const width = view.width - 2;
  const time = t`From ${clock(from)} to ${clock(to)}: ${days} of the ${many(of, 'day')} of the forecast.`;
  const ended = end === 'deployment' ? t`Then deployment ${String(serial + 1)} took its place.` : '';
  const lines = [
    ...hang(
      '',
      t`Deployment ${String(serial)}, applied ${clock(appliedAt)} (${zone}): its forecast, and what came of it`,
      view.width,
      2,
    ).map(bold),
    ...fold([`${time} ${ended}`.trim()], view.width),
    '',
    bold(t`Messages`),
    ...indent(sends.length === 0 ? [t`none`] : messageLines(sends, width)),
    '',
    bold(t`Customers who entered`),
    ...indent(entries.length === 0 ? [t`nobody`] : entryLines(entries, days === of, width)),
    '',
    ...fold(
      [
        t`In brackets: what the number is with 90% confidence if the forecast is right, since customers do not behave exactly as simulated.`,
      ],
      view.width,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function messageLines(sends: SinceApply['sends'], width: number): string[] {
  const columns = [
    { title: t`campaign` },
    { title: t`channel` },
    { title: t`forecast`, right: true },
    { title: t`in these days`, right: true },
    { title: t`sent`, right: true },
    { title: '' },
  ];
  const rows = sends.map((one) => [
    ...[one.campaign, one.channel, count(one.whole)],
    ...[rangeWords(one), count(one.actual), verdict(one)],
  ]);
  const [titles = [], ...lines] = tableRows(columns, rows, width);
  return [...titles, ...lines.flatMap((row, i) => [...row, ...indent(fold(causeLines(sends[i]), width - 2))])];
}

/** `over`: all days of the forecast are over. */
function entryLines(entries: Compared[], over: boolean, width: number): string[] {
  const columns = [
    { title: t`campaign` },
    { title: t`forecast`, right: true },
    { title: over ? t`entered` : t`entered in these days`, right: true },
    { title: '' },
  ];
  const rows = entries.map((one) => [
    one.campaign,
    over ? rangeWords(one) : count(one.whole),
    count(one.actual),
    over ? verdict(one) : '',
  ]);
  return tableRows(columns, rows, width).flat();
}

function rangeWords({ expected, low, high }: Expected): string {
  return `${count(Math.round(expected))} (${count(low)}–${count(high)})`;
}

function verdict({ low, high, actual }: Compared): string {
  if (actual < low) return t`fewer`;
  return actual > high ? t`more` : t`as forecast`;
}

function causeLines(one: SinceApply['sends'][number] | undefined): string[] {
  if (!one || (one.actual >= one.low && one.actual <= one.high)) return [];
  const { causes } = one;
  if (causes.length === 0) return [t`Nothing that is counted explains it: customers acted otherwise than forecast.`];
  const rest = causes.length - CAUSES;
  return [...causes.slice(0, CAUSES).map(causeWords), ...(rest > 0 ? [many(rest, 'more cause')] : [])];
}

function causeWords(cause: Cause): string {
  const signed = cause.more > 0 ? `+${count(cause.more)}` : count(cause.more);
  switch (cause.what) {
    case 'messages':
      return cause.reason === null
        ? t`${statusWords(cause)}, ${signed} against the forecast`
        : t`${statusWords(cause)}, ${signed} against the forecast: ${refusalWords(cause.reason)}`;
    case 'bounced':
      return t`${count(cause.actual)} sent and returned: those customers get nothing more by this channel`;
    case 'entries':
      return t`${many(cause.actual, 'customer')} entered, ${signed} against the forecast`;
    case 'paused':
      return t`paused by hand for ${duration(cause.ms)}`;
  }
}

function statusWords({ status, actual }: Extract<Cause, { what: 'messages' }>): string {
  const n = count(actual);
  switch (status) {
    case 'failed':
      return t`${n} failed`;
    case 'unknown':
      return t`${n} in doubt`;
    case 'expired':
      return t`${n} too late`;
    case 'decided':
      return t`${n} not sent yet`;
    default:
      return t`${n} refused`;
  }
}

/** Returns the same as one versioned JSON value; instants are ISO 8601. */
export function reconcileJson(found: SinceApply): Record<string, unknown> {
  const iso = (at: number) => new Date(at).toISOString();
  const { appliedAt, from, to, ...rest } = found;
  return {
    format: 1,
    type: 'reconcile',
    ...rest,
    appliedAt: iso(appliedAt),
    from: iso(from),
    to: iso(to),
    confidence: 0.9,
  };
}
