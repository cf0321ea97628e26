import pc from 'picocolors';
import type { Altered, PastDeployment, PastPause } from '../../engine/plan/history.ts';
import { t } from '../../spec/words/t.ts';
import { all, clockFormat, count, indent, many, printable, type ViewOptions } from './format.ts';
import { pausedUntilWords, pausedWithTime } from './pause.ts';
import { signs, spoken } from './plan-change.ts';
import { beside, columnsOf, fold } from './wrap.ts';

/** Renders the deployments of a store, the applied one first. `zone`: the project's, IANA. */
export function renderHistory(found: PastDeployment[], zone: string, view: ViewOptions): string {
  const { bold } = pc.createColors(view.color);
  const clock = clockFormat(zone);
  const lines = printable(found).flatMap((one, i) => {
    const { serial, appliedAt, by, commit, sameAs, kept } = one;
    const parts = [
      bold(String(serial)),
      clock(appliedAt),
      ...(by === undefined ? [] : [t`by ${by}`]),
      ...(commit === undefined ? [] : [t`commit ${short(commit)}`]),
      ...(sameAs === undefined ? [] : [t`the same as ${String(sameAs)}`]),
      ...(kept ? [] : [t`its files were not kept`]),
      ...(i === 0 ? [bold(t`applied now`)] : []),
    ];
    return [
      ...beside(parts, view.width),
      `   ${changesWords(one, view.width - 3)}`,
      ...indent(
        fold(
          one.pauses.map((pause) => pauseLine(pause, clock)),
          view.width - 3,
        ),
        3,
      ),
    ];
  });
  const oldest = found.at(-1)?.serial ?? 1;
  const earlier =
    oldest > 1
      ? ['', t`${count(oldest - 1)} earlier: \`crm history --limit ${String(found.length + oldest - 1)}\``]
      : [];
  return `${[t`Times are in ${zone}, the project's zone.`, ...lines, ...earlier].join('\n')}\n`;
}

function pauseLine({ until, ...pause }: PastPause, clock: (at: number) => string): string {
  return until === undefined
    ? pausedWithTime(pause, clock)
    : `${clock(pause.since)}: ${pausedUntilWords(pause, clock(until))}`;
}

/** `-dirty`, where files differed from the commit, stays. */
const short = (commit: string) => commit.replace(/^([0-9a-f]{8})[0-9a-f]*/, '$1');

/** Returns the changes in one line of at most `width` columns, as many of them as fit. */
function changesWords({ serial, changes }: PastDeployment, width: number): string {
  if (serial === 1) return firstWords(changes);
  if (changes.length === 0) return t`the same, compiled anew`;
  const parts = changes.map(({ action, address }) => `${signs[action]} ${spoken(address)}`);
  for (let shown = parts.length; shown > 0; shown--) {
    const line = lineOf(parts, shown);
    if (columnsOf(line) <= width) return line;
  }
  return many(changes.length, 'change');
}

function lineOf(parts: string[], shown: number): string {
  const listed = parts.slice(0, shown).join(', ');
  const left = parts.length - shown;
  return left === 0 ? listed : t`${listed} and ${count(left)} more`;
}

/** Counts the kinds of a first deployment, in which everything is new. */
function firstWords(changes: Altered[]): string {
  const of = (kind: Altered['kind']) => changes.filter((one) => one.kind === kind).length;
  return t`the first: ${all([many(of('campaign'), 'campaign'), many(of('segment'), 'segment'), many(of('template'), 'template')])}`;
}

/** Returns the deployments as one versioned JSON value; instants are ISO 8601. */
export function historyJson(found: PastDeployment[]): Record<string, unknown> {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    format: 1,
    type: 'history',
    deployments: found.map(({ appliedAt, pauses, ...rest }, i) => ({
      ...rest,
      appliedAt: iso(appliedAt),
      pauses: pauses.map(({ since, until, ...pause }) => ({
        ...pause,
        since: iso(since),
        ...(until !== undefined && { until: iso(until) }),
      })),
      applied: i === 0,
    })),
  };
}
