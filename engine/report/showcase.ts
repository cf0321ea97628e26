import sql, { type Sql } from 'sql-template-tag';
import { type Window, within } from '../metrics/window.ts';
import type { Database } from '../store/database.ts';
import { exitReason, messageStatus } from '../store/outcome-sql.ts';
import { explain } from './explain.ts';
import type { Story } from './story.ts';

/** A customer whose enrolment is an example of a course. */
export interface Showcase {
  shows: 'bought' | 'control' | 'fallback' | 'refused' | 'completed';
  /** The customer's story with that one enrolment only. */
  story: Story;
}

/** Returns a customer for each kind of course, always the same one for the same tables; kinds that nobody took are left out. */
export async function showcases(db: Database, window: Window): Promise<Showcase[]> {
  const sent = sql`EXISTS (SELECT 1 FROM message m WHERE m.enrolment = e.enrolment AND m.status = ${messageStatus.sent})`;
  const stages = (more: Sql) =>
    sql`(SELECT count(DISTINCT m.channel) FROM message m WHERE m.enrolment = e.enrolment ${more})`;
  const wanted: [Showcase['shows'], Sql][] = [
    ['fallback', sql`${stages(sql`AND m.status = ${messageStatus.sent}`)} > 1`],
    ['bought', sql`e.reason IN (${exitReason.goal}, ${exitReason['exit-event']}) AND ${sent}`],
    ['control', sql`e.reason = ${exitReason.control}`],
    ['refused', sql`${stages(sql`AND m.status = ${messageStatus.suppressed}`)} > 0 AND NOT ${sent}`],
    ['completed', sql`e.reason = ${exitReason.completed} AND ${sent}`],
  ];
  const found: Showcase[] = [];
  const taken = new Set<string>();
  for (const [shows, condition] of wanted) {
    const pick = await first(db, condition, window, [...taken]);
    const story = pick && (await explain(db, pick.id, { simulated: true }));
    const enrolment = pick && story?.enrolments[pick.nth];
    if (!story || !enrolment) continue;
    taken.add(pick.id);
    found.push({ shows, story: { ...story, enrolments: [enrolment] } });
  }
  return found;
}

/** `nth`: the enrolment's place among the customer's own. */
async function first(db: Database, condition: Sql, window: Window, taken: string[]) {
  const others = taken.map((id) => sql`AND c.id <> ${id}`);
  const [row] = await db.query<{ id: string; nth: number }>(sql`
    SELECT c.id, (SELECT count(*) FROM enrolment o WHERE o.customer = e.customer
        AND (o.entered_at < e.entered_at OR (o.entered_at = e.entered_at AND o.enrolment < e.enrolment))) AS nth
    FROM enrolment e JOIN customer c ON c.customer = e.customer
    WHERE ${within(sql`e.entered_at`, window)} AND ${condition} ${others.reduce((all, one) => sql`${all} ${one}`, sql``)}
    ORDER BY e.entered_at, c.id, e.campaign LIMIT 1`);
  return row;
}
