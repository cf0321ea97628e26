import sql from 'sql-template-tag';
import { watched } from '../program/facts.ts';
import type { CompiledSegment, Program } from '../program/program.ts';
import { moveCursor } from '../store/cursor.ts';
import { type Moments, members } from '../store/query-sql.ts';
import { temporary } from '../store/statements.ts';
import { lastRefresh } from './refresh-instants.ts';
import { scoreCustomers } from './scores.ts';
import { queryContext, type Tick, type Walk } from './tick.ts';
import { triggerKind } from './triggers/index.ts';

/** Phase 2: customers are scored, and segments that a trigger watches are evaluated when their refresh is due; `since` is the instant at which a member joined. */
export async function refreshSegments(tick: Walk): Promise<void> {
  await scoreCustomers(tick);
  const boundary = lastRefresh(tick.program.project, tick.now);
  for (const segment of watched(tick.program)) {
    const cursor = `segment:${segment.name}:${segment.hash}`;
    const done = tick.cursors.get(cursor);
    if (done !== undefined && done >= boundary) continue;
    await refresh(tick, segment, tick.moments);
    await moveCursor(tick.db, cursor, tick.now);
  }
}

/** Evaluates the segments that a trigger watches for these customers. */
export async function refreshFor(tick: Tick, moments: Moments): Promise<void> {
  for (const segment of watched(tick.program))
    if (tick.watching?.has(segment.name) ?? true) await refresh(tick, segment, moments);
}

async function refresh(tick: Tick, segment: CompiledSegment, moments: Moments): Promise<void> {
  const { db, program } = tick;
  const { name } = segment;
  const { now, join, using, is } = moments;
  await temporary(db, 'member', members(segment.query, { ...queryContext(tick), moments }));
  if (notesLeavers(program, name)) {
    await db.run(sql`DELETE FROM leaver${using} WHERE leaver.segment = ${name}${is(sql`leaver.customer`)}`);
    await db.run(sql`
      INSERT INTO leaver (segment, customer, "at") SELECT m.segment, m.customer, ${now} FROM membership m${join(sql`m.customer`)}
      WHERE m.segment = ${name} AND m.customer NOT IN (SELECT customer FROM member)`);
  }
  await db.run(sql`
    DELETE FROM membership${using} WHERE membership.segment = ${name}${is(sql`membership.customer`)}
      AND membership.customer NOT IN (SELECT customer FROM member)`);
  await db.run(sql`
    INSERT INTO membership (segment, customer, since)
    SELECT ${name}, m.customer, ${now} FROM member m${join(sql`m.customer`)}
    WHERE NOT EXISTS (SELECT 1 FROM membership p WHERE p.segment = ${name} AND p.customer = m.customer)`);
  tick.refreshed.add(name);
}

function notesLeavers({ campaigns }: Program, segment: string): boolean {
  return campaigns.some(
    ({ trigger }) => 'segment' in trigger && trigger.segment === segment && triggerKind(trigger).notesLeavers,
  );
}
