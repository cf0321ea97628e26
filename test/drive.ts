import sql from 'sql-template-tag';
import { applyProgram } from '../engine/deploy/apply.ts';
import { deliver, type Engagement } from '../engine/dry-run/simulate/deliver.ts';
import type { Program } from '../engine/program/program.ts';
import type { Database, Row } from '../engine/store/database.ts';
import { nextInstant, runTick } from '../engine/tick/run-tick.ts';

export const tz = 'test';

/** Applies the program at `from` and visits every instant at which something is due before `to`, sending at once. */
export async function drive(
  db: Database,
  program: Program,
  from: number,
  to: number,
  engagement: Engagement = {},
): Promise<void> {
  await applyProgram(db, { program, at: from, lineage: 'test' });
  await carryOn(db, program, from, to, engagement);
}

/** Returns an empty store with the program applied at `at`. */
export async function begin(open: () => Promise<Database>, program: Program, at: number): Promise<Database> {
  const db = await open();
  await applyProgram(db, { program, at, lineage: 'test' });
  return db;
}

/** Ticks at these instants, sending at once. */
export async function tickAt(db: Database, program: Program, ...instants: number[]): Promise<void> {
  for (const now of instants) {
    await runTick(db, program, now, tz);
    await deliver(db, { now, seed: 'test', engagement: {} });
  }
}

export async function carryOn(
  db: Database,
  program: Program,
  from: number,
  to: number,
  engagement: Engagement = {},
): Promise<void> {
  for (let now: number | undefined = from; now !== undefined && now < to; ) {
    await runTick(db, program, now, tz);
    await deliver(db, { now, seed: 'test', engagement });
    now = await nextInstant(db, program, now);
  }
}

/** Returns the messages as text: `c1 cart email sent`, with the minute counted from `from`. */
export async function messages(db: Database, from: number): Promise<string[]> {
  const rows = await db.query<Row>(sql`
    SELECT c.id, s.id AS step, m.channel, m.status, m.reason, m.decided_at FROM message m
    JOIN customer c ON c.customer = m.customer LEFT JOIN step s ON s.step = m.step
    ORDER BY m.decided_at, c.id, s.id`);
  return rows.map(
    (m) => `+${(Number(m.decided_at) - from) / 60_000}m ${m.id} ${m.step} ${m.channel} ${m.reason ?? m.status}`,
  );
}

export async function enrolments(db: Database, from: number): Promise<string[]> {
  const rows = await db.query<Row>(sql`
    SELECT c.id, e.campaign, e.status, e.reason, e.arm, e.entered_at, e.ended_at FROM enrolment e
    JOIN customer c ON c.customer = e.customer ORDER BY e.entered_at, c.id, e.campaign`);
  return rows.map((e) => {
    const end = e.ended_at === null ? 'active' : `${e.reason} +${(Number(e.ended_at) - from) / 60_000}m`;
    return `+${(Number(e.entered_at) - from) / 60_000}m ${e.id} ${e.campaign}${e.arm ? ` [${e.arm}]` : ''} ${end}`;
  });
}
