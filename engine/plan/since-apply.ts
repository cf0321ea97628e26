import sql from 'sql-template-tag';
import { recordedDeployments } from '../deploy/deployments.ts';
import { readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { readDelays } from '../store/delays.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import { pauseOfMessage, readPauses } from '../store/pauses.ts';
import { DAY, HOUR } from './hours.ts';
import {
  type Days,
  type Expected,
  expectedEntries,
  expectedRefusals,
  expectedSends,
  type KeptForecast,
  keptForecast,
} from './kept-forecast.ts';

/** A forecast beside what has happened since the apply. Instants are epoch milliseconds. */
export interface SinceApply {
  serial: number;
  appliedAt: number;
  /** The time that is compared, [from, to): whole days of the forecast. */
  from: number;
  to: number;
  days: number;
  /** The days that the forecast has. */
  of: number;
  /** The end of the comparison: the last tick until now, the next deployment, or the end of the forecast. */
  end: 'tick' | 'deployment' | 'forecast';
  /** Messages by campaign and channel, those furthest outside their interval first. */
  sends: (Compared & { channel: string; causes: Cause[] })[];
  /** Customers who entered, by campaign. The forecast says nothing of single days, so these are judged when all its days are over. */
  entries: Compared[];
}

export interface Compared extends Expected {
  campaign: string;
  actual: number;
}

/** The causes of a difference, the greatest first. */
export type Cause =
  /** The messages of `status` for `reason` beyond the forecast; negative: fewer. */
  | { what: 'messages'; status: string; reason: string | null; actual: number; more: number }
  | { what: 'entries'; actual: number; more: number }
  /** Messages that were sent and came back. Their customers get nothing more. */
  | { what: 'bounced'; actual: number; more: number }
  /** A pause by hand of so many milliseconds within the time. */
  | { what: 'paused'; ms: number; more: number };

/** The reason for which nothing can be compared. */
export type NotComparable = { reason: 'no-deployment' | 'not-kept' | 'other-days' | 'too-early'; serial: number };

/** Compares the forecast that was kept with a deployment, by default the applied one, with what was sent since its apply. `now`: epoch milliseconds. */
export async function sinceApply(
  db: Database,
  serial: number | undefined,
  now: number,
): Promise<SinceApply | NotComparable> {
  const [applied] = await recordedDeployments(db, { limit: 1 });
  const asked = serial ?? applied?.serial ?? 0;
  const [found] = await recordedDeployments(db, { to: asked, limit: 1 });
  if (found?.serial !== asked) return { reason: 'no-deployment', serial: asked };
  const forecast = await keptForecast(db, asked);
  if (!forecast) return { reason: 'not-kept', serial: asked };
  const [next] = await db.query<{ at: number }>(
    sql`SELECT applied_at AS "at" FROM deployment WHERE serial = ${asked + 1}::integer`,
  );
  const { appliedAt } = found;
  // A plan is good for a day.
  if (Math.abs(forecast.from - appliedAt) > DAY) return { reason: 'other-days', serial: asked };
  const { part, end } = daysUntil(forecast, appliedAt, {
    tick: Math.min((await readCursor(db, 'tick')) ?? 0, now),
    deployment: next?.at ?? Number.POSITIVE_INFINITY,
    forecast: forecast.to,
  });
  if (part.end <= part.first) return { reason: 'too-early', serial: asked };
  const time = { from: forecast.from + part.first * DAY, to: forecast.from + part.end * DAY };
  const of = Math.round((forecast.to - forecast.from) / DAY);
  const entries = await entered(db, forecast, time);
  const judged = part.end - part.first === of ? entries : [];
  const sends = await sent(db, forecast, { part, time, entries: judged, now });
  return { serial: asked, appliedAt, ...time, days: part.end - part.first, of, end, sends, entries };
}

/** Returns the whole days of a forecast that are over: the program of an apply an hour after its plan has not run on the first of them. */
function daysUntil(
  { from }: KeptForecast,
  appliedAt: number,
  ends: Record<SinceApply['end'], number>,
): { part: Days; end: SinceApply['end'] } {
  const late = appliedAt - from;
  const first = late <= HOUR ? 0 : Math.ceil(late / DAY);
  const [[end, to] = ['tick', 0] as const] = (Object.entries(ends) as [SinceApply['end'], number][]).sort(
    ([, a], [, b]) => a - b,
  );
  return { part: { first, end: Math.floor((to - from) / DAY) }, end };
}

/** Half-open, epoch milliseconds. */
interface Time {
  from: number;
  to: number;
}

async function entered(db: Database, forecast: KeptForecast, { from, to }: Time): Promise<Compared[]> {
  const rows = await db.query<{ campaign: string; n: number }>(sql`
    SELECT campaign, count(*) AS n FROM enrolment
    WHERE entered_at >= ${from}::bigint AND entered_at < ${to}::bigint GROUP BY campaign`);
  const actual = new Map(rows.map(({ campaign, n }) => [campaign, n]));
  const expected = new Map(expectedEntries(forecast).map(({ campaign, ...one }) => [campaign, one]));
  return [...new Set([...expected.keys(), ...actual.keys()])]
    .toSorted()
    .map((campaign) => ({ campaign, ...(expected.get(campaign) ?? none), actual: actual.get(campaign) ?? 0 }));
}

/** The forecast of a campaign that it does not name. */
const none: Expected = { whole: 0, expected: 0, low: 0, high: 0 };

interface Fate {
  campaign: string;
  channel: string;
  status: string;
  reason: string | null;
  n: number;
  bounced: number;
}

async function sent(
  db: Database,
  forecast: KeptForecast,
  { part, time, entries, now }: { part: Days; time: Time; entries: Compared[]; now: number },
): Promise<SinceApply['sends']> {
  const rows = await db.query<{ [K in keyof Fate]: Fate[K] }>(sql`
    SELECT campaign, channel, status, CASE WHEN status = ${messageStatus.decided} THEN NULL ELSE reason END AS reason, count(*) AS n,
      count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM message_event e WHERE e.message = message.message AND e.kind = 'bounced')) AS bounced
    FROM message WHERE decided_at >= ${time.from}::bigint AND decided_at < ${time.to}::bigint
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`);
  const fates = Map.groupBy(rows, ({ campaign, channel }) => `${campaign}\n${channel}`);
  const expected = new Map(expectedSends(forecast, part).map((one) => [`${one.campaign}\n${one.channel}`, one]));
  const paused = await pausedTime(db, time, now);
  const lines = [...new Set([...expected.keys(), ...fates.keys()])].toSorted().map((key) => {
    const [campaign = '', channel = ''] = key.split('\n');
    const mine = fates.get(key) ?? [];
    const actual = count(mine, 'sent');
    const compared = { ...none, ...expected.get(key), campaign, channel, actual };
    const causes = isWithin(compared)
      ? []
      : causesOf(compared, mine, { forecast, part, entries, paused: paused(campaign, channel) });
    return { ...compared, causes };
  });
  return lines
    .filter(({ whole, actual, causes }) => whole + actual + causes.length > 0)
    .toSorted((a, b) => outside(b) - outside(a));
}

/** Returns true if the number is one that the forecast lets expect. */
export function isWithin({ actual, low, high }: Compared): boolean {
  return actual >= low && actual <= high;
}

function outside({ actual, low, high }: Compared): number {
  return Math.max(0, low - actual, actual - high);
}

const count = (fates: Fate[], status: string) =>
  fates.filter((one) => one.status === status).reduce((sum, { n }) => sum + n, 0);

interface Circumstances {
  forecast: KeptForecast;
  part: Days;
  entries: Compared[];
  /** Milliseconds. */
  paused: number;
}

/** Returns what speaks for the difference, and not what speaks against it. */
function causesOf(
  { campaign, channel, actual, expected }: Compared & { channel: string },
  fates: Fate[],
  { forecast, part, entries, paused }: Circumstances,
): Cause[] {
  const fewer = actual < expected;
  const told = fates.flatMap(({ status, reason, n }): Cause[] => {
    if (status === 'sent') return [];
    const usual = expectedRefusals(forecast, part, { campaign, channel, reason: reason ?? '' });
    return [{ what: 'messages', status, reason, actual: n, more: Math.round(n - usual) }];
  });
  const bounced = fates.reduce((sum, one) => sum + one.bounced, 0);
  const came = entries.find((one) => one.campaign === campaign);
  const more = came ? Math.round(came.actual - came.expected) : 0;
  const speaks = (cause: Cause) => (cause.what === 'entries' ? cause.more < 0 === fewer : cause.more > 0 === fewer);
  const causes: Cause[] = [
    ...told,
    { what: 'bounced', actual: bounced, more: bounced },
    { what: 'entries', actual: came?.actual ?? 0, more },
    { what: 'paused', ms: paused, more: Math.round((expected * paused) / ((part.end - part.first) * DAY)) },
  ];
  return causes
    .filter((cause) => cause.more !== 0 && speaks(cause))
    .toSorted((a, b) => Math.abs(b.more) - Math.abs(a.more));
}

/** Returns for how long pauses by hand have stopped a campaign's messages of a channel within the time, milliseconds. */
async function pausedTime(
  db: Database,
  { from, to }: Time,
  now: number,
): Promise<(campaign: string, channel: string) => number> {
  const over = (await readDelays(db)).flatMap(({ kind, name, since, until }) =>
    kind === 'data' || kind === 'removal' ? [] : [{ kind, name, since, until }],
  );
  const all = [...over, ...(await readPauses(db)).map((one) => ({ ...one, until: now }))];
  return (campaign, channel) =>
    all
      .filter((one) => pauseOfMessage([one], campaign, channel))
      .reduce((sum, { since, until }) => sum + Math.max(0, Math.min(until, to) - Math.max(since, from)), 0);
}
