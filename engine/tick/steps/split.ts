import sql from 'sql-template-tag';
import type { Arm } from '../../../spec/model/campaign.ts';
import { allOfThem } from '../../../spec/model/variants.ts';
import type { ArmRow, Next } from '../../program/program.ts';
import { exitReason } from '../../store/outcome-sql.ts';
import { enrolments, goTo, isDue } from '../moves.ts';
import type { Tick } from '../tick.ts';
import type { Compiling, RowKind, StepCompiler } from './step.ts';

/** Compiles arms to parts of the bucket range. `winner`: the arm that has all. `lead`: adds the rows of an arm and gives the first one's id; it is called for the last arm first. */
export function compileArms(written: Arm[], winner: string | undefined, lead: (arm: Arm) => Next): ArmRow[] {
  let reached = 0;
  const parts = written.map((arm) => {
    const from = reached / allOfThem;
    reached += winner === undefined ? arm.share : arm.name === winner ? allOfThem : 0;
    return { arm, from, to: reached / allOfThem };
  });
  const arms = parts
    .toReversed()
    .map(({ arm, from, to }): ArmRow => ({ name: arm.name, control: arm.control, from, to, next: lead(arm) }));
  return arms.toReversed();
}

/** Returns the beginning of a row at which customers are drawn. The salt names campaign and step, so that experiments are independent of each other. */
export function drawnAt(id: string, { campaign, moved }: Pick<Compiling, 'campaign' | 'moved'>) {
  return { id, kind: 'split' as const, salt: `${campaign}/${moved.get(id) ?? id}` };
}

export const split: StepCompiler<'split'> & RowKind<'split'> = {
  compile(step, after, context) {
    const arms = compileArms(step.arms, step.winner, ({ steps, control }) =>
      control ? null : context.flatten(steps, after),
    );
    context.add({ ...drawnAt(step.id, context), ...(step.sticky === false && { sticky: step.sticky }), arms });
    return step.id;
  },
  turn: 'reads',
  columns: ({ salt, sticky, template }) => ({ salt, redraw: sticky === false, template: template ?? null }),
  arms: ({ arms }) =>
    arms.map(({ name, control, from, to, next }) => ({ arm: name, control, low: from, high: to, next })),
  relink: (row, to) => ({ ...row, arms: row.arms.map((arm) => ({ ...arm, next: to(arm.next) })) }),
  links: ({ arms }) => arms.map(({ next }) => next),
  branches: ({ arms }) => arms.map(({ name, next }) => ({ way: name, to: next })),
  execute: draw,
};

/** The bucket depends on the customer and the step alone, so a second enrolment gets the same arm; redrawn, also on the occurrence. */
async function draw(tick: Tick): Promise<void> {
  const { db, moments } = tick;
  const draw = db.dialect.bucket(
    sql`concat(s.salt, '/', c.id, CASE WHEN s.redraw THEN concat('/', e.occurrence) ELSE '' END)`,
  );
  const drawn = sql`
    SELECT d.enrolment, d.now, a.arm, a.next, a.control FROM (
      SELECT e.enrolment, ${moments.now} AS now, s.step, ${draw} AS bucket
      FROM ${enrolments(tick)} JOIN step s ON s.step = e.step JOIN customer c ON c.customer = e.customer
      WHERE ${isDue(tick)} AND s.kind = 'split') d
    JOIN arm a ON a.step = d.step WHERE d.bucket >= a.low AND d.bucket < a.high ORDER BY d.enrolment`;
  const reason = sql`CASE WHEN a.control THEN ${exitReason.control} ELSE ${exitReason.completed} END`;
  await db.run(sql`
    UPDATE enrolment SET arm = CASE WHEN enrolment.arm IS NULL THEN a.arm ELSE concat(enrolment.arm, '/', a.arm) END,
      ${goTo(sql`a.next`, reason, sql`a.now`)}
    FROM (${drawn}) a WHERE a.enrolment = enrolment.enrolment`);
}
