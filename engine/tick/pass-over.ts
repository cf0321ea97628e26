import sql from 'sql-template-tag';
import { exitReason } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';
import { hasSent } from '../store/send-key.ts';
import { type Due, dueAt, goTo, isOneOf } from './moves.ts';
import type { Tick } from './tick.ts';

/** The name of the cursor that says when customers inside a campaign were moved to another version at last. */
export const movedCursor = (campaign: string) => `moved/${campaign}`;

/**
 * Lets customers pass the sends of which their journey has a message already, from before they were moved to another version: they go on as if
 * it had not been answered. Returns the number of these customers.
 */
export async function passOver(tick: Tick, arrived: Due): Promise<number> {
  const steps = [...arrived].filter(
    ([, { kind, campaign }]) => kind === 'send' && tick.cursors.has(movedCursor(campaign)),
  );
  if (steps.length === 0) return 0;
  const again = hasSent(sql`e.enrolment`, sql`e.customer`);
  return tick.db.run(sql`
    UPDATE enrolment SET ${goTo(sql`s.otherwise`, exitReason.completed)}
    ${dueAt(tick, sql`e.phase = ${phase.arrived} AND ${isOneOf(steps.map(([step]) => step))} AND ${again}`)}`);
}
