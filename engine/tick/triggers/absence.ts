import sql, { empty, join, type Sql } from 'sql-template-tag';
import { hash } from '../../program/hash.ts';
import type { CompiledMatch } from '../../program/program.ts';
import { compileMatch } from '../../program/query.ts';
import { moveCursor } from '../../store/cursor.ts';
import { ident } from '../../store/dialect.ts';
import { ask, type Moments } from '../../store/query-sql.ts';
import { temporary } from '../../store/statements.ts';
import { eventTable } from '../../store/tables.ts';
import { isFirst, type New, queryContext, seenUntil, type Tick } from '../tick.ts';
import { tickOf } from '../tick-of.ts';
import { foreseeClocks } from './absences-ahead.ts';
import { type Active, each, type TriggerKind } from './trigger.ts';

/**
 * `watch` has one row for each customer whose time is running: it starts with the latest event from which it is counted
 * and is removed by the event that must not happen. Only customers with new events are looked at, so the cost of a tick
 * depends on its events and on what is due. A customer whose time was over before the campaign was applied does not enter.
 */
export const absence: TriggerKind<'absence'> = {
  compile({ absent, after, ms }, segments) {
    const since = compileMatch(after ?? absent, segments);
    const body = { since, ...(after && { absent: compileMatch(absent, segments) }), ms };
    return { kind: 'absence', ...body, hash: hash(body) };
  },
  async entrants(tick, watched) {
    const { db, moments } = tick;
    for (const each of watched) if (isNew(tick, each)) await begin(tick, each);
    await keepWatch(
      tick,
      watched.filter((each) => !isNew(tick, each) && !tick.foreseen?.has(each.name)),
    );
    const rows = await db.query<{ campaign: string }>(
      sql`SELECT DISTINCT w.campaign FROM watch w${moments.join(sql`w.customer`)} WHERE w.due_at <= ${moments.now}`,
    );
    const over = new Set(rows.map(({ campaign }) => campaign));
    return each(watched, ({ name }) => (over.has(name) ? timeIsOver(name, moments) : undefined));
  },
  async entered({ db, moments: { now, using, is } }, found) {
    if (found > 0) await db.run(sql`DELETE FROM watch${using} WHERE watch.due_at <= ${now}${is(sql`watch.customer`)}`);
  },
  async foresee(tick, watched, until) {
    for (const each of watched) if (tick.foreseen?.has(each.name)) await foreseeClocks(tick, each, until);
    return [sql`SELECT moment.customer, w.due_at AS "at" FROM watch w JOIN moment ON moment.customer = w.customer`];
  },
  async coming(tick, watched, until) {
    const { db, program } = tick;
    if (!tick.foreseen?.has(watched.name)) return undefined;
    await foreseeClocks(tick, watched, until);
    const over = sql`due_at <= ${until}::bigint`;
    await db.run(sql`DELETE FROM watch WHERE campaign = ${watched.name} AND ${over}`);
    const rows = sql`
      SELECT customer, ${tickOf(db, program, sql`due_at`)} AS now, id AS occurrence, seq AS event_seq, due_at AS started_at
      FROM clock_ahead WHERE ${over}`;
    return [rows];
  },
  async next(db) {
    const [row] = await db.query<{ at: number | null }>(sql`SELECT min(due_at) AS "at" FROM watch`);
    return row?.at ?? undefined;
  },
};

function timeIsOver(campaign: string, { now, join: joined }: Moments): Sql {
  return sql`
    SELECT w.customer, w.id AS occurrence, w.event_seq, w.due_at AS started_at FROM watch w${joined(sql`w.customer`)}
    WHERE w.campaign = ${campaign} AND w.due_at <= ${now}`;
}

type Watched = Active<'absence'>;

/** Returns true if no customer has been watched for this campaign yet, or only by another rule. */
function isNew(tick: Tick, each: Watched): boolean {
  return isFirst(tick, each.version) || each.version.missed !== undefined || !tick.cursors.has(cursorOf(each));
}

function cursorOf({ name, trigger }: Watched): string {
  return `watch:${name}:${trigger.hash}`;
}

async function begin(tick: Tick, each: Watched): Promise<void> {
  const { db, instant } = tick;
  const campaign = each.name;
  await db.run(sql`DELETE FROM watch WHERE campaign = ${campaign}`);
  await db.run(sql`DELETE FROM cursor WHERE starts_with(name, ${`watch:${campaign}:`}::text)`);
  await moveCursor(db, cursorOf(each), instant);
  const ahead = sql`a.at + ${each.trigger.ms}::bigint > ${seenUntil(tick, each.version)}`;
  await watch(tick, [rowsOf(tick, each, sql`customer`, ahead)]);
}

/** Makes the rows of customers with new events, or events that are taken back, anew, for all campaigns at once. */
async function keepWatch(tick: Tick, watched: Watched[]): Promise<void> {
  const { db, fresh, moments, takenBack } = tick;
  const news = watched.flatMap(({ name: campaign, trigger }) =>
    [trigger.since, ...(trigger.absent ? [trigger.absent] : [])].flatMap(({ event }) => {
      const isNew = fresh.get(event);
      const added = (these: New) =>
        sql`FROM ${ident(eventTable(event))} t${moments.join(sql`t.customer`)} WHERE ${these(sql`t`)}`;
      const removed = sql`FROM taken_back t WHERE t.kind = ${event}`;
      return [...(isNew ? [added(isNew)] : []), ...(takenBack.has(event) ? [removed] : [])].map((rows) => ({
        campaign,
        rows,
      }));
    }),
  );
  if (news.length === 0) return;
  const touched = news.map(({ campaign, rows }) => sql`SELECT ${campaign}::text AS campaign, t.customer ${rows}`);
  const running = sql`
    SELECT n.campaign, n.customer, w.event_seq AS since FROM (${join(touched, ' UNION ')}) n
    LEFT JOIN watch w ON w.campaign = n.campaign AND w.customer = n.customer`;
  await temporary(db, 'touched', running);
  await db.run(sql`DELETE FROM watch WHERE (campaign, customer) IN (SELECT campaign, customer FROM touched)`);
  const campaigns = new Set(news.map(({ campaign }) => campaign));
  const parts = watched
    .filter(({ name }) => campaigns.has(name))
    .map((each) => {
      const among = sql`(SELECT customer FROM touched WHERE campaign = ${each.name}) mine`;
      return rowsOf(tick, each, among, ahead(tick, each));
    });
  await watch(tick, parts);
}

/**
 * The time of an event that is late can be over already, and that of one whose time ran since the tick before. Of one that begins to
 * meet the condition only now it cannot: whether it does must not depend on when the tick before was.
 */
function ahead(tick: Tick, { name, version, trigger: { since, ms } }: Watched): Sql {
  const { now } = tick.moments;
  const grid = tick.program.project.tick;
  const end = sql`a.at + ${ms}::bigint`;
  const isNew = tick.fresh.get(since.event);
  const late = isNew ? sql` OR (${isNew(sql`a`)} AND ${end} >= ${version.activeFrom}::bigint)` : empty;
  return sql`(${end} > greatest(${now} - ${grid}::bigint, ${version.activeFrom - 1}::bigint)${late}
    OR EXISTS (SELECT 1 FROM touched r WHERE r.campaign = ${name} AND r.customer = a.customer AND r.since = a.seq))`;
}

async function watch({ db }: Tick, parts: Sql[]): Promise<void> {
  await db.run(sql`INSERT INTO watch (campaign, customer, id, event_seq, due_at) ${join(parts, ' UNION ALL ')}`);
}

/** Selects the rows of `watch` for those of these customers whose time runs. */
function rowsOf(tick: Tick, { name, trigger }: Watched, among: Sql, ahead: Sql): Sql {
  const { since, absent, ms } = trigger;
  const gone = absent ? sql`LEFT JOIN (${lastTime(tick, absent, among)}) b ON b.customer = a.customer` : empty;
  return sql`
    SELECT ${name}::text AS campaign, a.customer, a.id, a.seq, a.at + ${ms}::bigint
    FROM (${latest(tick, since, among)}) a${tick.moments.join(sql`a.customer`)} ${gone}
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
  const question = when && ask(when, queryContext(tick, among));
  return sql`
    FROM ${ident(eventTable(event))} t${tick.moments.join(sql`t.customer`)} ${question ? sql`JOIN customer c ON c.customer = t.customer ${question.joins}` : empty}
    WHERE t.customer IN (SELECT customer FROM ${among})${tick.moments.known(sql`t.at`)} ${question ? sql`AND ${question.where}` : empty}`;
}
