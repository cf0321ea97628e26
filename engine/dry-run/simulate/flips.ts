import sql, { empty, join, type Sql } from 'sql-template-tag';
import { kindsAsked, watched } from '../../program/facts.ts';
import type { CompiledSegment, Program } from '../../program/program.ts';
import { comparesCustomers } from '../../program/scales.ts';
import { ident } from '../../store/dialect.ts';
import { eachAt } from '../../store/moments.ts';
import { ask } from '../../store/query-sql.ts';
import { temporary } from '../../store/statements.ts';
import { eventTable } from '../../store/tables.ts';
import { refreshAfter } from '../../tick/refresh-instants.ts';
import { queryContext, type Tick } from '../../tick/tick.ts';
import { readings } from '../turning-points.ts';
import type { Born } from './born.ts';
import { isForeseeable } from './foreseeable.ts';

/** The ticks at which segments are refreshed, in (after, until]. */
export function refreshTicks({ project }: Program, after: number, until: number): number[] {
  const found = new Set<number>();
  for (let at = refreshAfter(project, after); at <= until; at = refreshAfter(project, at))
    found.add(Math.ceil(at / project.tick) * project.tick);
  return [...found].filter((at) => at > after && at <= until);
}

/**
 * Fills `flip` (segment, customer, at, inside) with the refreshes in (tick.instant, until] that a simulation must look at: those at which the membership of
 * a customer in a watched segment changes. What journeys change cannot be foreseen: if a segment asks about that, it is each refresh, for
 * everybody, without `inside`. Fills `refresh` (at, previous) with all of them. Returns the tick that knows of which segments the flips are foreseen.
 */
export async function foreseeFlips(tick: Tick, until: number, born: Born): Promise<Tick> {
  const { db, program } = tick;
  const segments = watched(program);
  const ticks = segments.length === 0 ? [] : refreshTicks(program, tick.instant, until);
  await temporary(db, 'refresh', sql`SELECT 0::bigint AS "at", 0::bigint AS previous WHERE FALSE`);
  const columns = (['at', 'previous'] as const).map((name) => ({ name, type: 'bigint' as const }));
  await db.load(
    'refresh',
    columns,
    ticks.map((at, i) => ({ at, previous: ticks[i - 1] ?? 0 })),
  );
  const none = sql`SELECT ''::text AS segment, 0::bigint AS customer, 0::bigint AS "at", TRUE AS inside WHERE FALSE`;
  await temporary(db, 'flip', none);
  const turning = segments.filter(({ query }) => isForeseeable(tick, query));
  for (const segment of segments) {
    const foreseen = turning.includes(segment);
    if (foreseen) await temporary(db, 'possible', possibleFlips(tick, segment, born));
    const all = sql`SELECT ${segment.name}::text, i.customer, r.at, NULL::boolean FROM identity i CROSS JOIN refresh r`;
    await db.run(sql`
      INSERT INTO flip (segment, customer, "at", inside) ${foreseen ? sql`${born.customers} ${flips(tick, segment)}` : all}`);
  }
  return { ...tick, turning: new Set(turning.map(({ name }) => name)) };
}

/** Gives these segments the members that they have after the last refresh. */
export async function keepLatestMembers({ db, program, watching }: Tick): Promise<void> {
  for (const { name } of watched(program)) {
    if (watching?.has(name) ?? true) continue;
    await db.run(sql`
      DELETE FROM membership WHERE segment = ${name} AND customer IN (SELECT customer FROM flip WHERE segment = ${name})`);
    await db.run(sql`
      INSERT INTO membership (segment, customer, since)
      SELECT f.segment, f.customer, f.at FROM flip f
      WHERE f.segment = ${name} AND f.inside AND NOT EXISTS (
        SELECT 1 FROM flip l WHERE l.segment = f.segment AND l.customer = f.customer AND l.at > f.at)`);
  }
}

/**
 * Returns the refreshes (customer, now) at which a customer's membership may change: where the answer is known to turn by time
 * only, the first refresh at or after each turn, and after it; otherwise all.
 */
function possibleFlips(tick: Tick, { query }: CompiledSegment, born: Born): Sql {
  const { data } = tick.program;
  const kinds = new Set(kindsAsked(query));
  const events = data.events.filter(({ name }) => kinds.has(name));
  const { durations, instants, known } = readings(query);
  const fields = [...data.customers.attributes, ...events.flatMap(({ fields }) => fields)];
  const hasInstants = instants.size > 0 || fields.some(({ type, items }) => type === 'instant' || items !== undefined);
  const among = (rows: Sql) =>
    sql`${born.customers} SELECT p.customer, p.now FROM (${rows}) p WHERE TRUE${born.already(sql`p.customer`, sql`p.now`)}`;
  if (!known || hasInstants || comparesCustomers(query))
    return among(sql`SELECT c.customer, r.at AS now FROM customer c CROSS JOIN refresh r`);
  const firsts = [
    sql`SELECT c.customer, r.at AS now FROM customer c JOIN refresh r ON r.previous = 0`,
    ...(born.rows
      ? [
          sql`SELECT b.customer, min(r.at) AS now FROM (${born.rows}) b JOIN refresh r ON r.at >= b.now GROUP BY b.customer`,
        ]
      : []),
  ];
  const turns = [0, ...durations].flatMap((ms) =>
    events.map(({ name }) => sql`SELECT v.customer, v.at + ${ms}::bigint AS turn FROM ${ident(eventTable(name))} v`),
  );
  const all = turns.length === 0 ? empty : sql`SELECT x.customer, x.turn FROM (${join(turns, ' UNION ')}) x`;
  const turned =
    turns.length === 0
      ? []
      : [
          sql`SELECT x.customer, r.at AS now FROM (${all}) x JOIN refresh r ON r.previous < x.turn AND x.turn <= r.at`,
          sql`SELECT x.customer, r.at AS now FROM (${all}) x JOIN refresh r ON r.previous <= x.turn AND x.turn < r.at`,
        ];
  return among(join([...firsts, ...turned], ' UNION '));
}

/** The refreshes after which a customer is a member and before which not, or the other way round. */
function flips(tick: Tick, { name, query }: CompiledSegment): Sql {
  const moments = eachAt('possible', true);
  const { joins, where } = ask(query, { ...queryContext(tick), moments });
  return sql`
    SELECT ${name}::text, customer, now, inside FROM (
      SELECT w.*, coalesce(lag(w.inside) OVER (PARTITION BY w.customer ORDER BY w.now), w.was) AS earlier FROM (
        SELECT c.customer, moment.now, coalesce(${where}, FALSE) AS inside, m.customer IS NOT NULL AS was
        FROM customer c${moments.join(sql`c.customer`)} ${joins}
        LEFT JOIN membership m ON m.segment = ${name} AND m.customer = c.customer) w) x
    WHERE inside <> earlier`;
}
