import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { CompiledMatch, CompiledTrigger } from '../program/program.ts';
import { moveCursor } from '../store/cursor.ts';
import { ident } from '../store/dialect.ts';
import { ask } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { eventTable } from '../store/tables.ts';
import { asking, isFirst, seenUntil, type Tick, type Version } from './tick.ts';

type Absence = Extract<CompiledTrigger, { kind: 'absence' }>;

/**
 * `watch` has one row for each customer whose time is running: it starts with the latest event that it is counted from
 * and is put out by the one that must not come. Only customers with new events are looked at, so a tick costs what has
 * come and what is due. Whose time was over before the campaign was applied has been absent already, and does not enter.
 * Returns the campaigns for which somebody's time is over.
 */
export async function watchAbsences(tick: Tick, current: Version[]): Promise<Set<string>> {
  const { db, now } = tick;
  const watched = current.flatMap((version): Watched[] => {
    const { trigger } = version.definition;
    return trigger.kind === 'absence' ? [{ version, trigger }] : [];
  });
  if (watched.length === 0) return new Set();
  for (const each of watched) if (isNew(tick, each)) await begin(tick, each);
  await keepWatch(
    tick,
    watched.filter((each) => !isNew(tick, each)),
  );
  const rows = await db.query<{ campaign: string }>(
    sql`SELECT DISTINCT campaign FROM watch WHERE due_at <= ${now}::bigint`,
  );
  return new Set(rows.map((row) => row.campaign));
}

/** The customers whose time is over; they are not watched any more when they have entered. */
export function byAbsence({ now }: Tick, { definition }: Version): Sql {
  return sql`
    SELECT customer, id AS occurrence, event_seq, due_at AS started_at FROM watch
    WHERE campaign = ${definition.name} AND due_at <= ${now}::bigint`;
}

interface Watched {
  version: Version;
  trigger: Absence;
}

/** Returns true if nobody has been watched for this campaign yet, or by another rule. */
function isNew(tick: Tick, each: Watched): boolean {
  return isFirst(tick, each.version) || each.version.missed !== undefined || !tick.cursors.has(cursorOf(each));
}

function cursorOf({ version, trigger }: Watched): string {
  return `watch:${version.definition.name}:${trigger.hash}`;
}

async function begin(tick: Tick, each: Watched): Promise<void> {
  const { db, now } = tick;
  const campaign = each.version.definition.name;
  await db.run(sql`DELETE FROM watch WHERE campaign = ${campaign}`);
  await db.run(sql`DELETE FROM cursor WHERE starts_with(name, ${`watch:${campaign}:`}::text)`);
  await moveCursor(db, cursorOf(each), now);
  const ahead = sql`a.at + ${each.trigger.ms}::bigint > ${seenUntil(tick, each.version)}::bigint`;
  await watch(tick, [running(tick, each, sql`customer`, ahead)]);
}

/** Makes the rows of customers with new events, or events that are taken back, anew, for all campaigns at once. */
async function keepWatch(tick: Tick, watched: Watched[]): Promise<void> {
  const { db, fresh, takenBack } = tick;
  const news = watched.flatMap(({ version, trigger }) =>
    [trigger.since, ...(trigger.absent ? [trigger.absent] : [])].flatMap(({ event }) => {
      const campaign = version.definition.name;
      const from = fresh.get(event);
      const come = sql`FROM ${ident(eventTable(event))} WHERE seq >= ${from ?? 0}::bigint`;
      const gone = sql`FROM taken_back WHERE kind = ${event}`;
      return [...(from === undefined ? [] : [come]), ...(takenBack.has(event) ? [gone] : [])].map((rows) => ({
        campaign,
        rows,
      }));
    }),
  );
  if (news.length === 0) return;
  const touched = news.map(({ campaign, rows }) => sql`SELECT ${campaign}::text AS campaign, customer ${rows}`);
  await runAll(db, db.dialect.temporary('touched', join(touched, ' UNION ')));
  await db.run(sql`DELETE FROM watch WHERE (campaign, customer) IN (SELECT campaign, customer FROM touched)`);
  const campaigns = new Set(news.map(({ campaign }) => campaign));
  const parts = watched
    .filter(({ version }) => campaigns.has(version.definition.name))
    .map((each) => {
      const among = sql`(SELECT customer FROM touched WHERE campaign = ${each.version.definition.name}) mine`;
      return running(tick, each, among, ahead(tick, each));
    });
  await watch(tick, parts);
}

/** A late event may be over already; one that was over at the tick before has had its turn. */
function ahead(tick: Tick, each: Watched): Sql {
  const { since, ms } = each.trigger;
  const from = tick.fresh.get(since.event);
  const next = sql`a.at + ${ms}::bigint > ${seenUntil(tick, each.version)}::bigint`;
  if (from === undefined) return next;
  return sql`(${next} OR (a.seq >= ${from}::bigint AND a.at + ${ms}::bigint >= ${each.version.activeFrom}::bigint))`;
}

async function watch({ db }: Tick, parts: Sql[]): Promise<void> {
  await db.run(sql`INSERT INTO watch (campaign, customer, id, event_seq, due_at) ${join(parts, ' UNION ALL ')}`);
}

/** Rows of `watch` for these customers whose time runs. */
function running(tick: Tick, { version, trigger }: Watched, among: Sql, ahead: Sql): Sql {
  const { since, absent, ms } = trigger;
  const gone = absent ? sql`LEFT JOIN (${lastTime(tick, absent, among)}) b ON b.customer = a.customer` : empty;
  return sql`
    SELECT ${version.definition.name}::text AS campaign, a.customer, a.id, a.seq, a.at + ${ms}::bigint
    FROM (${latest(tick, since, among)}) a ${gone}
    WHERE ${ahead} ${absent ? sql`AND (b.at IS NULL OR b.at < a.at)` : empty}`;
}

/** The latest event of each customer. */
function latest(tick: Tick, match: CompiledMatch, among: Sql): Sql {
  return sql`
    SELECT customer, id, seq, "at" FROM (
      SELECT t.customer, t.id, t.seq, t.at, row_number() OVER (PARTITION BY t.customer ORDER BY t.at DESC, t.seq DESC) AS nth
      ${matching(tick, match, among)}) events
    WHERE nth = 1`;
}

/** Returns the latest such event of each customer. */
function lastTime(tick: Tick, match: CompiledMatch, among: Sql): Sql {
  return sql`SELECT t.customer, max(t.at) AS "at" ${matching(tick, match, among)} GROUP BY t.customer`;
}

/** Events `t` of these customers. */
function matching(tick: Tick, { event, when }: CompiledMatch, among: Sql): Sql {
  const question = when && ask(when, asking(tick, among));
  return sql`
    FROM ${ident(eventTable(event))} t ${question ? sql`JOIN customer c ON c.customer = t.customer ${question.joins}` : empty}
    WHERE t.customer IN (SELECT customer FROM ${among}) ${question ? sql`AND ${question.where}` : empty}`;
}
