import sql, { join, type Sql } from 'sql-template-tag';
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
import { isForeseeable } from './foreseeable.ts';

/** The ticks at which segments are refreshed, in (after, until]. */
export function refreshTicks({ project }: Program, after: number, until: number): number[] {
  const found = new Set<number>();
  for (let at = refreshAfter(project, after); at <= until; at = refreshAfter(project, at))
    found.add(Math.ceil(at / project.tick) * project.tick);
  return [...found].filter((at) => at > after && at <= until);
}

/**
 * Fills `flip` (customer, at) with the refreshes in (tick.instant, until] that a simulation must look at: those at which the membership of a
 * customer in a watched segment changes. What journeys change cannot be foreseen: where a segment asks about that, each
 * refresh counts for everybody. Fills `refresh` (at) with all of them.
 */
export async function foreseeFlips(tick: Tick, until: number): Promise<void> {
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
  if (segments.some((segment) => !isForeseeable(tick, segment.query))) {
    const all = sql`SELECT i.customer, r.at FROM identity i CROSS JOIN refresh r`;
    await temporary(db, 'flip', all);
    return;
  }
  // Strangers have no row of which a segment could be asked.
  await temporary(db, 'flip', sql`SELECT s.customer, r.at FROM stranger s CROSS JOIN refresh r`);
  for (const segment of segments) {
    await temporary(db, 'possible', possibleFlips(tick, segment));
    await db.run(sql`INSERT INTO flip (customer, "at") ${flips(tick, segment)}`);
  }
}

/**
 * Returns the refreshes (customer, now) at which a customer's membership may change: where the answer is known to turn by time
 * only, the first refresh at or after each turn, and after it; otherwise all.
 */
function possibleFlips({ program }: Tick, { query }: CompiledSegment): Sql {
  const { data } = program;
  const kinds = new Set(kindsAsked(query));
  const events = data.events.filter(({ name }) => kinds.has(name));
  const { durations, instants, known } = readings(query);
  const fields = [...data.customers.attributes, ...events.flatMap(({ fields }) => fields)];
  const hasInstants = instants.size > 0 || fields.some(({ type, items }) => type === 'instant' || items !== undefined);
  if (!known || hasInstants || comparesCustomers(query))
    return sql`SELECT c.customer, r.at AS now FROM customer c CROSS JOIN refresh r`;
  const first = sql`SELECT c.customer, r.at AS now FROM customer c JOIN refresh r ON r.previous = 0`;
  const turns = [0, ...durations].flatMap((ms) =>
    events.map(({ name }) => sql`SELECT v.customer, v.at + ${ms}::bigint AS turn FROM ${ident(eventTable(name))} v`),
  );
  if (turns.length === 0) return first;
  return sql`
    ${first} UNION
    SELECT x.customer, r.at AS now FROM (${join(turns, ' UNION ')}) x JOIN refresh r ON r.previous < x.turn AND x.turn <= r.at UNION
    SELECT x.customer, r.at AS now FROM (${join(turns, ' UNION ')}) x JOIN refresh r ON r.previous <= x.turn AND x.turn < r.at`;
}

/** The refreshes after which a customer is a member and before which not, or the other way round. */
function flips(tick: Tick, { name, query }: CompiledSegment): Sql {
  const moments = eachAt('possible', true);
  const { joins, where } = ask(query, { ...queryContext(tick), moments });
  return sql`
    SELECT customer, now AS "at" FROM (
      SELECT w.*, coalesce(lag(w.inside) OVER (PARTITION BY w.customer ORDER BY w.now), w.was) AS earlier FROM (
        SELECT c.customer, moment.now, coalesce(${where}, FALSE) AS inside, m.customer IS NOT NULL AS was
        FROM customer c${moments.join(sql`c.customer`)} ${joins}
        LEFT JOIN membership m ON m.segment = ${name} AND m.customer = c.customer) w) x
    WHERE inside <> earlier`;
}
