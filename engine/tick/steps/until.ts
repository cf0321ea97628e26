import sql from 'sql-template-tag';
import { zoneAttribute } from '../../program/facts.ts';
import { ident } from '../../store/dialect.ts';
import { phase } from '../../store/phase.ts';
import { runAll } from '../../store/statements.ts';
import { dueAt } from '../moves.ts';
import type { Tick } from '../tick.ts';
import type { RowKind, StepCompiler } from './step.ts';

/** All days of the week, a bit for each. */
const everyDay = 127;

export const until: StepCompiler<'until'> & RowKind<'until'> = {
  compile({ id, minuteOfDay, weekdays: days }, next, { add }) {
    const weekdays = days?.reduce((bits, day) => bits | (1 << (day - 1)), 0);
    add({ id, kind: 'until', minuteOfDay, ...(weekdays && { weekdays }), next });
    return id;
  },
  turn: 'rests',
  columns: ({ minuteOfDay, weekdays }) => ({ minute: minuteOfDay, days: weekdays ?? everyDay }),
  byClock: true,
  // The time of day can be this very minute.
  brief: 'TRUE',
  execute: startWaits,
};

/**
 * Computes for each zone, time of day and set of weekdays (a bit each, from Monday on) the next instant of that time, this
 * very minute included. A skipped local time means the end of the gap, one that occurs twice the first. The epoch began on
 * a Thursday.
 */
async function startWaits(tick: Tick): Promise<void> {
  const { db, now, program } = tick;
  const day = sql`86400000`;
  const at = sql`coalesce(l.gap_at, w.target - l.shift)`;
  const weekday = sql`(${db.dialect.divided(sql`w.target`, day)} + 3) % 7`;
  await runAll(
    db,
    db.dialect.temporary(
      'coming',
      sql`
      SELECT w.zone, w.minute, w.days, min(${at}) AS "at" FROM (
        SELECT z.zone, m.minute, m.days, z.local - z.local % ${day} + m.minute * 60000 + k.ahead * ${day} AS target
        FROM (SELECT zone, ${now}::bigint + shift AS local FROM tz_offset
              WHERE from_at <= ${now}::bigint AND ${now}::bigint < to_at) z
        CROSS JOIN (SELECT DISTINCT minute, coalesce(days, 127) AS days FROM step WHERE kind = 'until') m
        CROSS JOIN (VALUES (-1), (0), (1), (2), (3), (4), (5), (6), (7)) AS k(ahead)) w
      JOIN tz_offset l ON l.zone = w.zone AND l.local_from <= w.target AND w.target < l.local_to
      WHERE ${at} >= ${now - (now % 60_000)}::bigint AND ((w.days >> (${weekday})::integer) & 1) = 1
      GROUP BY w.zone, w.minute, w.days`,
    ),
  );
  const zone = zoneAttribute(program);
  const home = program.project.timezone;
  await db.run(sql`
    UPDATE enrolment SET phase = ${phase.waiting}, due_at = CASE WHEN w.at < ${now}::bigint THEN ${now}::bigint ELSE w.at END
    FROM step s, customer c, coming w
    WHERE ${dueAt(tick, sql`s.kind = 'until' AND enrolment.phase = ${phase.arrived}`)} AND c.customer = enrolment.customer
      AND w.minute = s.minute AND w.days = coalesce(s.days, 127) AND w.zone = ${zone ? sql`coalesce(c.${ident(zone)}, ${home})` : sql`${home}`}`);
}
