import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import type { Pause } from '../store/pauses.ts';
import { phase } from '../store/phase.ts';
import { rowKinds } from './steps/index.ts';

/**
 * Moves the timers of the customers whom pauses have held, by the time that they were paused until `at`, epoch milliseconds: a wait, the time within
 * which an event or a reaction counts, with its beginning. Who waits for an instant of the clock that has passed meanwhile waits for the next one.
 * Only pauses with `shift` count, of everything and of campaigns. Returns the number of customers.
 */
export async function shiftTimers(db: Database, lifted: readonly Pause[], at: number): Promise<number> {
  const shifting = lifted.filter(({ shift, kind }) => shift && kind !== 'channel');
  const all = shifting.find(({ kind }) => kind === 'all');
  const own = shifting.filter(({ kind }) => kind === 'campaign');
  let moved = 0;
  for (const { name, since } of own)
    moved += await shift(db, sql`enrolment.campaign = ${name}::text`, Math.min(since, all?.since ?? since), at);
  if (!all) return moved;
  const rest =
    own.length === 0 ? sql`TRUE` : sql`enrolment.campaign NOT IN (${join(own.map(({ name }) => sql`${name}::text`))})`;
  return moved + (await shift(db, rest, all.since, at));
}

function shift(db: Database, where: Sql, since: number, at: number): Promise<number> {
  const kinds = Object.entries(rowKinds).flatMap(([kind, { byClock }]) => (byClock ? [kind] : []));
  const byClock = sql`s.kind IN (${join(kinds)})`;
  const now = sql`${at}::bigint`;
  const paused = sql`${Math.max(0, at - since)}::bigint`;
  return db.run(sql`
    UPDATE enrolment SET phase = CASE WHEN ${byClock} THEN ${phase.arrived} ELSE phase END,
      due_at = CASE WHEN ${byClock} THEN ${now} ELSE due_at + ${paused} END, deferred_at = deferred_at + ${paused}
    FROM step s WHERE s.step = enrolment.step AND enrolment.status = ${enrolmentStatus.active}
      AND enrolment.phase = ${phase.waiting} AND ${where} AND (NOT ${byClock} OR (due_at > ${since}::bigint AND due_at <= ${now}))`);
}
