import sql from 'sql-template-tag';
import type { Send } from '../../../spec/model/campaign.ts';
import { armsOf } from '../../../spec/model/variants.ts';
import type { Next, StepRow } from '../../program/program.ts';
import { enrolmentStatus } from '../../store/outcome-sql.ts';
import { phase } from '../../store/phase.ts';
import { decide } from '../decide.ts';
import type { Tick } from '../tick.ts';
import { compileArms, drawnAt } from './split.ts';
import type { Compiling, RowKind, RowOf, StepCompiler } from './step.ts';

/** A message; a row of this kind is also a task, a webhook, or a stage of a cascade. */
export const send: StepCompiler<'send'> & RowKind<'send'> = {
  compile(step, next, context) {
    const { id, channel, template } = step;
    if (step.variants) return compileVariants(step, next, context);
    context.add({ id, kind: 'send', channel, template, next, otherwise: next });
    return id;
  },
  turn: 'sends',
  columns: ({ channel, template, until, within, key }) => ({
    salt: key ?? null,
    channel,
    template,
    until: until ?? null,
    within: within ?? null,
  }),
  relink: (row, to) => (row.among === undefined ? row : { ...row, among: to(row.among) ?? row.among }),
  fallbacks,
  inboxes: ({ until }) => (until ? ['inbox_feedback'] : []),
  awaits: true,
  execute: decide,
  notice,
};

export const task: StepCompiler<'task'> = {
  compile({ id, channel, template }, next, { add }) {
    add({ id, kind: 'send', channel, template, next, otherwise: next });
    return id;
  },
};

export const webhook: StepCompiler<'webhook'> = {
  compile({ id, channel, fields }, next, { add }) {
    add({ id, kind: 'send', channel, template: fields.join(' '), next, otherwise: next });
    return id;
  },
};

/** A split whose arms are the variants. Whichever a customer gets, it is the one message of the send, so all have its key. */
function compileVariants(step: Send, next: Next, context: Compiling): Next {
  const { id, template } = step;
  const key = context.moved.get(id) ?? id;
  const arms = compileArms(armsOf(step), step.winner, ({ steps }) => {
    for (const sent of steps) if (sent.kind === 'send') context.add({ ...sent, key, among: id, next, otherwise: next });
    return steps[0]?.id ?? next;
  });
  context.add({ ...drawnAt(id, context), template, arms });
  return id;
}

function fallbacks(row: RowOf<'send'>, byId: ReadonlyMap<string, StepRow>): string[] {
  const found: string[] = [];
  for (let next = byId.get(row.otherwise ?? ''); next?.kind === 'send'; next = byId.get(next.otherwise ?? ''))
    found.push(next.id);
  return found;
}

/**
 * A click counts as an open, both as a delivery, and so does a machine's open. A reaction must have happened within the stage's time by the reaction's
 * own time.
 */
async function notice({ db, moments, reactions, returned }: Tick): Promise<void> {
  if (!reactions && returned.size === 0) return;
  const recent = reactions ? reactions(sql`r`) : sql`FALSE`;
  await db.run(sql`
    UPDATE enrolment SET phase = ${phase.reached}, due_at = n.now FROM (
      SELECT DISTINCT e.enrolment, ${moments.now} AS now FROM enrolment e${moments.join(sql`e.customer`)} JOIN step s ON s.step = e.step
      JOIN message m ON m.enrolment = e.enrolment AND m.step = e.step AND m.customer = e.customer
      JOIN message_event r ON r.message = m.message AND r.customer = e.customer AND r.at <= e.due_at
      WHERE e.status = ${enrolmentStatus.active} AND e.phase = ${phase.waiting} AND s.kind = 'send'
        AND ${returned.size === 0 ? recent : sql`(${recent} OR e.resumed_at = ${moments.now})`}
        AND (r.kind = s.until OR (s.until = 'opened' AND r.kind = 'clicked')
          OR (s.until = 'delivered' AND r.kind IN ('opened', 'clicked', 'prefetched'))) ORDER BY 1) n
    WHERE n.enrolment = enrolment.enrolment`);
}
