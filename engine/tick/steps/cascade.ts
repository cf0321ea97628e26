import sql from 'sql-template-tag';
import type { SendRow } from '../../program/program.ts';
import { exitReason, messageStatus } from '../../store/outcome-sql.ts';
import { enrolments, goTo, isDue } from '../moves.ts';
import type { Tick } from '../tick.ts';
import type { RowKind, StepCompiler } from './step.ts';

/** In preferred order every stage leads back to where the next one is chosen. */
export const cascade: StepCompiler<'cascade'> = {
  compile(step, after, { prices, add }) {
    const price = ({ channel }: { channel: string }) => prices.get(channel) ?? 0;
    if (step.order === 'preferred') {
      const sends = step.stages.map(({ id, channel, template, until, within }): SendRow => {
        const send: SendRow = { id, kind: 'send', channel, template, next: after, otherwise: step.id };
        return until && within ? { ...send, until, within } : send;
      });
      const stages = step.stages.map(({ id, channel }) => ({ id, channel }));
      add({ id: step.id, kind: 'prefer', stages, next: after }, ...sends);
      return step.id;
    }
    // The last stage waits for nothing; where the order is by price, that may be any.
    const stages = step.order === 'cheapest' ? step.stages.toSorted((a, b) => price(a) - price(b)) : step.stages;
    let otherwise = after;
    for (const [i, { id, channel, template, until, within }] of [...stages.entries()].toReversed()) {
      const send: SendRow = { id, kind: 'send', channel, template, next: after, otherwise };
      add(until && within && i < stages.length - 1 ? { ...send, until, within } : send);
      otherwise = id;
    }
    return otherwise;
  },
};

/** The choice of the next stage of a cascade in preferred order; the stages are rows of their own, of the kind `send`. */
export const prefer: RowKind<'prefer'> = {
  turn: 'reads',
  arms: ({ stages }) =>
    stages.map(({ id, channel }, i) => ({ arm: channel, control: false, low: i, high: i + 1, next: id })),
  relink: (row, to) => ({ ...row, stages: row.stages.map((stage) => ({ ...stage, id: to(stage.id) ?? stage.id })) }),
  links: ({ stages }) => stages.map(({ id }) => id),
  execute: choose,
};

/**
 * Chooses the untried stage whose channel the customer answers most: messages answered among those sent and one more, so
 * that little experience counts for little. Equal ones are tried in the order of the file.
 */
async function choose(tick: Tick): Promise<void> {
  const { db, moments } = tick;
  const here = sql`
    SELECT e.enrolment, e.customer, e.step, ${moments.now} AS now FROM ${enrolments(tick)} JOIN step s ON s.step = e.step
    WHERE ${isDue(tick)} AND s.kind = 'prefer'`;
  const answers = sql`
    SELECT m.customer, m.channel, count(r.message) / (count(*) + 1.0) AS share FROM message m
    LEFT JOIN (SELECT DISTINCT r.message FROM message_event r${moments.join(sql`r.customer`)}
      WHERE r.kind IN ('opened', 'clicked')${moments.known(sql`r.at`)}) r ON r.message = m.message
    WHERE m.status = ${messageStatus.sent} AND m.customer IN (SELECT customer FROM (${here}) h)
    GROUP BY m.customer, m.channel`;
  const choice = sql`
    SELECT h.enrolment, a.next, row_number() OVER (
      PARTITION BY h.enrolment ORDER BY coalesce(p.share, 0) DESC, a.low) AS nth
    FROM (${here}) h JOIN arm a ON a.step = h.step
    LEFT JOIN (${answers}) p ON p.customer = h.customer AND p.channel = a.arm
    WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.enrolment = h.enrolment AND m.step = a.next)`;
  const target = sql`
    SELECT h.enrolment, coalesce(n.next, s.next) AS next, h.now FROM (${here}) h JOIN step s ON s.step = h.step
    LEFT JOIN (${choice}) n ON n.enrolment = h.enrolment AND n.nth = 1 ORDER BY h.enrolment`;
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`n.next`, exitReason.completed, sql`n.now`)} FROM (${target}) n
    WHERE n.enrolment = enrolment.enrolment`);
}
