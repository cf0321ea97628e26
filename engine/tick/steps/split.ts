import sql from 'sql-template-tag';
import type { ArmRow } from '../../program/program.ts';
import { exitReason } from '../../store/outcome-sql.ts';
import { enrolments, goTo, isDue } from '../moves.ts';
import type { Tick } from '../tick.ts';
import type { RowKind, StepCompiler } from './step.ts';

export const split: StepCompiler<'split'> & RowKind<'split'> = {
  /** The salt names campaign and step, so that experiments are independent of each other. */
  compile({ id, sticky, arms: written }, after, { campaign, moved, flatten, add }) {
    let reached = 0;
    const arms = written.map((arm): ArmRow => {
      const from = reached / 10_000;
      reached += arm.share;
      return { name: arm.name, control: arm.control, from, to: reached / 10_000, next: null };
    });
    for (const [i, arm] of [...written.entries()].toReversed()) {
      const compiled = arms[i];
      if (compiled && !arm.control) compiled.next = flatten(arm.steps, after);
    }
    add({ id, kind: 'split', salt: `${campaign}/${moved.get(id) ?? id}`, ...(sticky === false && { sticky }), arms });
    return id;
  },
  turn: 'reads',
  columns: ({ salt, sticky }) => ({ salt, redraw: sticky === false }),
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
    SELECT d.enrolment, a.arm, a.next, a.control FROM (
      SELECT e.enrolment, s.step, ${draw} AS bucket
      FROM ${enrolments(tick)} JOIN step s ON s.step = e.step JOIN customer c ON c.customer = e.customer
      WHERE ${isDue(tick)} AND s.kind = 'split') d
    JOIN arm a ON a.step = d.step WHERE d.bucket >= a.low AND d.bucket < a.high`;
  const reason = sql`CASE WHEN a.control THEN ${exitReason.control} ELSE ${exitReason.completed} END`;
  await db.run(sql`
    UPDATE enrolment SET arm = CASE WHEN enrolment.arm IS NULL THEN a.arm ELSE concat(enrolment.arm, '/', a.arm) END,
      ${goTo(sql`a.next`, reason, tick)}
    FROM (${drawn}) a${moments.beside} WHERE a.enrolment = enrolment.enrolment${moments.is(sql`enrolment.customer`)}`);
}
