import sql from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import { moveCursor } from '../store/cursor.ts';
import { members } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { lastRefresh } from './refresh-instants.ts';
import type { Tick } from './tick.ts';
import { triggerKind } from './triggers/index.ts';

/** Phase 2: segments that a trigger watches are evaluated when their refresh is due; `since` is the instant at which a member joined. */
export async function refreshSegments(tick: Tick): Promise<void> {
  const { db, program, now } = tick;
  const boundary = lastRefresh(program.project, now);
  const left = new Set(
    program.campaigns.flatMap(({ trigger }) =>
      'segment' in trigger && triggerKind(trigger).notesLeavers ? [trigger.segment] : [],
    ),
  );
  for (const segment of watched(program)) {
    const cursor = `segment:${segment.name}:${segment.hash}`;
    const done = tick.cursors.get(cursor);
    if (done !== undefined && done >= boundary) continue;
    await runAll(db, db.dialect.temporary('member', members(segment.query, { dialect: db.dialect, program, now })));
    if (left.has(segment.name)) {
      await db.run(sql`DELETE FROM leaver WHERE segment = ${segment.name}`);
      await db.run(sql`
        INSERT INTO leaver (segment, customer, "at") SELECT segment, customer, ${now}::bigint FROM membership
        WHERE segment = ${segment.name} AND customer NOT IN (SELECT customer FROM member)`);
    }
    await db.run(sql`
      DELETE FROM membership WHERE segment = ${segment.name} AND customer NOT IN (SELECT customer FROM member)`);
    await db.run(sql`
      INSERT INTO membership (segment, customer, since)
      SELECT ${segment.name}, m.customer, ${now}::bigint FROM member m
      WHERE NOT EXISTS (SELECT 1 FROM membership o WHERE o.segment = ${segment.name} AND o.customer = m.customer)`);
    await moveCursor(db, cursor, now);
    tick.refreshed.add(segment.name);
  }
}

/** Segments are evaluated only where entering or leaving one is a trigger; everything else asks their expression directly. */
function watched(program: Program) {
  const names = new Set(program.campaigns.flatMap(({ trigger }) => ('segment' in trigger ? [trigger.segment] : [])));
  return program.segments.filter((segment) => names.has(segment.name));
}
