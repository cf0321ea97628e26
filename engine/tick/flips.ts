import sql, { join, type Sql } from 'sql-template-tag';
import { zoneAttribute } from '../program/facts.ts';
import type { CompiledSegment, Program } from '../program/program.ts';
import { holdsAnywhere } from '../program/query.ts';
import { eachAt } from '../store/moments.ts';
import { ask } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { refreshAfter } from './refresh-instants.ts';
import { watched } from './segments.ts';
import { rowKind } from './steps/index.ts';
import type { Tick } from './tick.ts';

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
  await runAll(db, db.dialect.temporary('refresh', sql`SELECT 0::bigint AS "at" WHERE FALSE`));
  await db.load(
    'refresh',
    [{ name: 'at', type: 'bigint' }],
    ticks.map((at) => ({ at })),
  );
  const everybody = sql`SELECT customer FROM identity`;
  const all = sql`SELECT i.customer, r.at FROM (${everybody}) i CROSS JOIN refresh r`;
  const some = sql`SELECT s.customer, r.at FROM stranger s CROSS JOIN refresh r`;
  if (segments.some((segment) => !isForeseeable(tick, segment))) {
    await runAll(db, db.dialect.temporary('flip', all));
    return;
  }
  await runAll(
    db,
    db.dialect.temporary('grid', sql`SELECT c.customer, r.at AS now FROM customer c CROSS JOIN refresh r`),
  );
  const parts = segments.map((segment) => flips(tick, segment));
  await runAll(db, db.dialect.temporary('flip', join([some, ...parts], ' UNION ')));
}

/** The refreshes after which a customer is a member and before which not, or the other way round. */
function flips({ db, program }: Tick, { name, query }: CompiledSegment): Sql {
  const moments = eachAt('grid', true);
  const { joins, where } = ask(query, { dialect: db.dialect, program, moments });
  return sql`
    SELECT customer, now AS "at" FROM (
      SELECT w.*, coalesce(lag(w.inside) OVER (PARTITION BY w.customer ORDER BY w.now), w.was) AS earlier FROM (
        SELECT c.customer, o.now, coalesce(${where}, FALSE) AS inside, m.customer IS NOT NULL AS was
        FROM customer c${moments.join(sql`c.customer`)} ${joins}
        LEFT JOIN membership m ON m.segment = ${name} AND m.customer = c.customer) w) x
    WHERE inside <> earlier`;
}

/** Returns true if the answer depends on events and time alone, and on what no journey changes. */
function isForeseeable({ program, versions }: Tick, { query }: CompiledSegment): boolean {
  const steps = versions.flatMap(({ definition }) => definition.steps);
  const written = new Set(steps.flatMap((row) => rowKind(row).writes?.(row) ?? []));
  const zone = zoneAttribute(program);
  const listed = new Set(steps.flatMap((row) => ('segment' in row ? [row.segment] : [])));
  return !holdsAnywhere(query, (node) => {
    switch (node.kind) {
      case 'attribute':
        return written.has(node.name);
      case 'items':
        return node.of === 'customer' && written.has(node.list);
      case 'listed':
        return listed.has(node.segment);
      case 'today':
      case 'calendar':
        return zone !== undefined && written.has(zone);
      default:
        return node.kind === 'consent' || node.kind === 'reachable';
    }
  });
}
