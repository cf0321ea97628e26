import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import { isRanking, nameOf, type Scale, scalesInUse } from '../../program/scales.ts';
import { moveCursor } from '../../store/cursor.ts';
import { ident } from '../../store/dialect.ts';
import { asOf } from '../../store/moments.ts';
import { SCORES, score } from '../../store/scales.ts';
import { eventTable } from '../../store/tables.ts';
import { forgetUnused } from '../../tick/scores.ts';
import { queryContext, type Tick } from '../../tick/tick.ts';
import { isForeseeable } from './foreseeable.ts';

type Versions = Pick<Tick, 'program' | 'versions'>;

/** Returns true if journeys change what the customers are ranked by. */
export function ranksJourneys(versions: Versions): boolean {
  return [...scales(versions).values()].some((scale) => isRanking(scale) && !isForeseeable(versions, scale.by));
}

function scales({ program, versions }: Versions): Map<string, Scale> {
  return scalesInUse(
    program,
    versions.map(({ definition }) => definition),
  );
}

/**
 * Scores all customers as of each of these refreshes, ascending, and returns the tick that reads them. The scores in force stay so until
 * the first.
 */
export async function scoreAhead(tick: Tick, refreshes: number[]): Promise<Tick> {
  const { db, program, cursors } = tick;
  const used = scales(tick);
  const [first] = refreshes;
  if (first !== undefined) {
    await forgetUnused(db, cursors, used);
    await db.run(sql`UPDATE score SET until_at = ${first}::bigint`);
  }
  for (const [i, at] of refreshes.entries()) {
    const context = { ...queryContext(tick), moments: asOf(at) };
    const until = refreshes[i + 1];
    for (const scale of used.values())
      await score(db, scale, context, { until, added: isRanking(scale) ? withBorn(program, at) : empty });
  }
  return { ...tick, scored: new Set(used.keys()) };
}

/** Leaves the scores of the last refresh, where there was one. */
export async function keepLatestScores(tick: Tick, last: number | undefined): Promise<void> {
  const { db } = tick;
  if (last === undefined) return;
  await db.run(sql`DELETE FROM score WHERE until_at IS NOT NULL`);
  for (const scale of scales(tick).values()) await moveCursor(db, `${SCORES}${nameOf(scale)}`, last);
}

/** The strangers to whom an event has happened by then are customers. */
function withBorn({ data: { customers, events } }: Program, at: number): Sql {
  if (events.length === 0) return empty;
  const missing = customers.attributes.map(() => sql`, NULL`);
  const happened = events.map(
    ({ name }) => sql`SELECT customer FROM ${ident(eventTable(name))} WHERE "at" <= ${at}::bigint`,
  );
  return sql`
    WITH customer AS (
      SELECT * FROM customer UNION ALL
      SELECT s.customer, s.id${missing.length > 0 ? join(missing, '') : empty} FROM stranger s
      WHERE s.customer IN (${join(happened, ' UNION ALL ')}))`;
}
