import sql, { join, type Sql } from 'sql-template-tag';
import { FIRST_READ, refusing } from '../data/intake/undated.ts';
import { gridInstant } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import { readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';
import { SCORES } from '../store/scales.ts';
import { rowKinds } from './steps/index.ts';

const hour = 3_600_000;

/** The time by which the last tick may lie after the clock, milliseconds, before ticking goes on from the clock. */
export function tolerated({ project: { tick } }: Pick<Program, 'project'>): number {
  return Math.max(hour, tick);
}

/**
 * If the last tick lies further after the clock than is tolerated, because the clock was ahead or a tick was run with a
 * later instant, ticking goes on from the clock: the instants at which something happened in those ticks become the present
 * one, and what waits from then on waits from now on. Nothing happens twice, because occurrences stay. `clock`: epoch
 * milliseconds. Returns the instant of that last tick; undefined: there was nothing to set back.
 */
export async function setBack(store: Database, program: Program, clock: number): Promise<number | undefined> {
  if (!isAhead(await readCursor(store, 'tick'), program, clock)) return undefined;
  return store.transaction(async (db) => {
    // Another process may have done it in between.
    const last = await readCursor(db, 'tick');
    if (!isAhead(last, program, clock)) return undefined;
    await toPresent(db, gridInstant(program, clock), program.project.tick);
    return last;
  });
}

function isAhead(last: number | undefined, program: Program, clock: number): boolean {
  return last !== undefined && last - clock > tolerated(program);
}

async function toPresent(db: Database, at: number, tick: number): Promise<void> {
  const now = sql`${at}::bigint`;
  const before = sql`${at - tick}::bigint`;
  await db.run(
    sql`UPDATE cursor SET value = ${before} WHERE value > ${now} AND (name = 'tick' OR starts_with(name, 'segment:') OR starts_with(name, ${SCORES}))`,
  );
  for (const [table, columns] of stamps) {
    const sets = columns.map(
      (column) => sql`${ident(column)} = CASE WHEN ${ident(column)} > ${now} THEN ${now} ELSE ${ident(column)} END`,
    );
    const later = columns.map((column) => sql`${ident(column)} > ${now}`);
    if (table === 'message') {
      sets.push(sql`send_at = CASE WHEN decided_at > ${now} THEN ${now} ELSE send_at END`);
      sets.push(sql`expires_at = expires_at - (greatest(coalesce(deferred_at, decided_at), ${now}) - ${now})`);
    }
    await db.run(sql`UPDATE ${ident(table)} SET ${join(sets)} WHERE ${join(later, ' OR ')}`);
  }
  await refusalsToPresent(db, at);
  // Customers who reached a step by now wait no longer than this; a time of day, and the end of quiet hours, are computed again.
  const byClock = sql`s.kind IN (${join(Object.entries(rowKinds).flatMap(([kind, { byClock }]) => (byClock ? [kind] : [])))})`;
  const latest = sql`${now} + coalesce(s.ms, s.within, 0)`;
  await db.run(sql`
    UPDATE enrolment SET phase = CASE WHEN ${byClock} THEN ${phase.arrived} ELSE phase END,
      due_at = CASE WHEN phase = ${phase.arrived} OR ${byClock} THEN ${now} WHEN due_at > ${latest} THEN ${latest} ELSE due_at END
    FROM step s WHERE s.step = enrolment.step AND enrolment.status = ${enrolmentStatus.active} AND enrolment.due_at > ${now}`);
}

/**
 * Entries of the ledgers that were made by the clock that was ahead keep their order, a millisecond apart, up to the present:
 * later entries must count more. Refusals without a date count from now, if they wait to be collected.
 */
async function refusalsToPresent(db: Database, at: number): Promise<void> {
  const now = sql`${at}::bigint`;
  for (const [table, key] of [
    ['consent', 'seq'],
    ['suppression', 'id'],
  ].map((names) => names.map(ident)) as [Sql, Sql][])
    await db.run(sql`
      UPDATE ${table} SET "at" = ${now} - r.n FROM (
        SELECT ${key}, dense_rank() OVER (ORDER BY "at" DESC) - 1 AS n FROM ${table} WHERE "at" > ${now}) r
      WHERE r.${key} = ${table}.${key}`);
  await db.run(sql`UPDATE undated SET "at" = ${now} WHERE "at" > ${now}`);
  for (const inbox of refusing)
    await db.run(
      sql`UPDATE ${ident(inbox)} SET "at" = ${now} WHERE "at" > ${now} AND starts_with(id, ${FIRST_READ}::text)`,
    );
}

/** Instants at which a tick did something, by table. */
const stamps: [string, string[]][] = [
  ['campaign', ['active_from']],
  ['membership', ['since']],
  ['score', ['from_at']],
  ['launch', ['taken_at']],
  ['enrolment', ['started_at', 'entered_at', 'ended_at', 'deferred_at']],
  ['message', ['decided_at', 'deferred_at', 'finished_at']],
];
