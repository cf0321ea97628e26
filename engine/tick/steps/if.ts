import sql, { join } from 'sql-template-tag';
import { compileQuery } from '../../program/query.ts';
import { exitReason } from '../../store/outcome-sql.ts';
import { ask } from '../../store/query-sql.ts';
import { temporary } from '../../store/statements.ts';
import { atStep, type Due, enrolments, goTo, isDue, isOneOf, locate } from '../moves.ts';
import { queryContext, type Tick } from '../tick.ts';
import { type RowKind, type StepCompiler, thenElse } from './step.ts';

export const condition: StepCompiler<'if'> & RowKind<'if'> = {
  compile(step, after, { segments, flatten, add }) {
    const otherwise = flatten(step.else, after);
    const next = flatten(step.then, after);
    add({ id: step.id, kind: 'if', condition: compileQuery(step.condition, segments), next, otherwise });
    return step.id;
  },
  turn: 'reads',
  branches: thenElse,
  execute: branch,
};

/**
 * Evaluates all conditions at once, each only for the customers who are due at it, and moves only these: other customers may
 * have moved to an `if` that was empty when this round began, and are evaluated in the next.
 */
async function branch(tick: Tick, due: Due): Promise<void> {
  const { db, moments } = tick;
  const located = locate(tick, due, 'if');
  const parts = located.map(({ step, row, trigger }) => {
    const { from, where: here } = atStep(step, trigger, tick);
    const among = sql`(SELECT e.customer FROM ${enrolments(tick)} WHERE ${here}) here`;
    const { joins, where } = ask(row.condition, queryContext(tick, among));
    return sql`SELECT e.enrolment FROM ${from} ${joins} WHERE ${here} AND ${where}`;
  });
  await temporary(db, 'yes', join(parts, ' UNION ALL '));
  const target = sql`
    SELECT e.enrolment, CASE WHEN y.enrolment IS NULL THEN s.otherwise ELSE s.next END AS next, ${moments.now} AS now
    FROM ${enrolments(tick)} JOIN step s ON s.step = e.step LEFT JOIN yes y ON y.enrolment = e.enrolment
    WHERE ${isDue(tick)} AND ${isOneOf(located.map(({ step }) => step))} ORDER BY e.enrolment`;
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`n.next`, exitReason.completed, sql`n.now`)} FROM (${target}) n
    WHERE n.enrolment = enrolment.enrolment`);
}
