import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { CompiledMatch, CompiledTrigger } from '../compile/program.ts';
import { moveCursor } from '../store/cursor.ts';
import { name } from '../store/dialect.ts';
import { ask } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { eventTable } from '../store/tables.ts';
import { asking, isFirst, type Tick, type Version } from './tick.ts';

type Absence = Extract<CompiledTrigger, { kind: 'absence' }>;

/**
 * `watch` has one row for each customer whose time is running: it starts with the latest event that it is counted from
 * and is put out by the one that must not come. Only customers with new events are looked at, so a tick costs what has
 * come and what is due. Whose time was over before the campaign was applied has been absent already, and does not enter.
 * Returns the campaigns for which somebody's time is over.
 */
export async function watchAbsences(tick: Tick, current: Version[]): Promise<Set<string>> {
  const { db, now } = tick;
  let watched = false;
  for (const version of current) {
    const { trigger } = version.definition;
    if (trigger.kind !== 'absence') continue;
    await keepWatch(tick, version, trigger);
    watched = true;
  }
  if (!watched) return new Set();
  const rows = await db.query<{ campaign: string }>(
    sql`SELECT DISTINCT campaign FROM watch WHERE due_at <= ${now}::bigint`,
  );
  return new Set(rows.map((row) => row.campaign));
}

/** Whose time is over; all of them are taken off the watch when they have entered. */
export function byAbsence({ now }: Tick, { definition }: Version): Sql {
  return sql`
    SELECT customer, id AS occurrence, event_seq, due_at AS started_at FROM watch
    WHERE campaign = ${definition.name} AND due_at <= ${now}::bigint`;
}

async function keepWatch(tick: Tick, version: Version, trigger: Absence): Promise<void> {
  const { db, fresh, cursors, previous, now } = tick;
  const campaign = version.definition.name;
  const kept = `watch:${campaign}:${trigger.hash}`;
  const seen = Math.max(previous ?? 0, version.activeFrom);
  if (isFirst(tick, version) || !cursors.has(kept)) {
    await db.run(sql`DELETE FROM watch WHERE campaign = ${campaign}`);
    await db.run(sql`DELETE FROM cursor WHERE starts_with(name, ${`watch:${campaign}:`}::text)`);
    await moveCursor(db, kept, now);
    await watch(tick, version, trigger, sql`customer`, sql`a.at + ${trigger.ms}::bigint > ${seen}::bigint`);
    return;
  }
  const news = [trigger.since, ...(trigger.absent ? [trigger.absent] : [])].flatMap(({ event }) => {
    const from = fresh.get(event);
    return from === undefined
      ? []
      : [sql`SELECT customer FROM ${name(eventTable(event))} WHERE seq >= ${from}::bigint`];
  });
  if (news.length === 0) return;
  await runAll(db, db.dialect.temporary('touched', join(news, ' UNION ')));
  await db.run(sql`DELETE FROM watch WHERE campaign = ${campaign} AND customer IN (SELECT customer FROM touched)`);
  // What came late may be over already; what was over at the tick before has had its turn.
  const from = fresh.get(trigger.since.event);
  const late =
    from === undefined
      ? empty
      : sql` OR (a.seq >= ${from}::bigint AND a.at + ${trigger.ms}::bigint > ${version.activeFrom}::bigint)`;
  await watch(tick, version, trigger, sql`touched`, sql`(a.at + ${trigger.ms}::bigint > ${seen}::bigint${late})`);
}

async function watch(tick: Tick, { definition }: Version, trigger: Absence, among: Sql, ahead: Sql): Promise<void> {
  const { since, absent, ms } = trigger;
  const gone = absent ? sql`LEFT JOIN (${latest(tick, absent, among)}) b ON b.customer = a.customer` : empty;
  await tick.db.run(sql`
    INSERT INTO watch (campaign, customer, id, event_seq, due_at)
    SELECT ${definition.name}, a.customer, a.id, a.seq, a.at + ${ms}::bigint
    FROM (${latest(tick, since, among)}) a ${gone}
    WHERE ${ahead} ${absent ? sql`AND (b.at IS NULL OR b.at < a.at)` : empty}`);
}

/** The latest event of each customer. */
function latest(tick: Tick, { event, when }: CompiledMatch, among: Sql): Sql {
  const question = when && ask(when, asking(tick, among));
  return sql`
    SELECT customer, id, seq, "at" FROM (
      SELECT t.customer, t.id, t.seq, t.at, row_number() OVER (PARTITION BY t.customer ORDER BY t.at DESC, t.seq DESC) AS nth
      FROM ${name(eventTable(event))} t ${question ? sql`JOIN customer c ON c.customer = t.customer ${question.joins}` : empty}
      WHERE t.customer IN (SELECT customer FROM ${among}) ${question ? sql`AND ${question.where}` : empty}) events
    WHERE nth = 1`;
}
