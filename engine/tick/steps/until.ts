import sql from 'sql-template-tag';
import { phase } from '../../store/phase.ts';
import { temporary } from '../../store/statements.ts';
import { zoneOf } from '../../store/zones.ts';
import { placeOf } from '../clocks.ts';
import { dueAt, enrolments, isDue } from '../moves.ts';
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
 * Computes for each zone, instant, time of day and set of weekdays (a bit each, from Monday on) the next instant of that time,
 * this very minute included. A skipped local time means the end of the gap, one that occurs twice the first. The epoch began
 * on a Thursday.
 */
async function startWaits(tick: Tick): Promise<void> {
  const { db, moments, program } = tick;
  const { now } = moments;
  const day = sql`86400000`;
  const at = sql`coalesce(l.gap_at, w.target - l.shift)`;
  const weekday = sql`(${db.dialect.divided(sql`w.target`, day)} + 3) % 7`;
  const zone = zoneOf(program);
  const here = sql`s.kind = 'until' AND ${isDue(tick)} AND e.phase = ${phase.arrived}`;
  await temporary(
    db,
    'coming',
    sql`
      SELECT w.zone, w.now, ${placeOf(sql`w.zone`, sql`w.now`)} AS place, w.minute, w.days, min(${at}) AS "at" FROM (
        SELECT m.zone, m.now, m.minute, m.days,
          m.now + z.shift - (m.now + z.shift) % ${day} + m.minute * 60000 + k.ahead * ${day} AS target
        FROM (SELECT DISTINCT ${zone} AS zone, ${now} AS now, s.minute, coalesce(s.days, ${everyDay}::integer) AS days
          FROM ${enrolments(tick)} JOIN step s ON s.step = e.step JOIN customer c ON c.customer = e.customer WHERE ${here}) m
        JOIN ${moments.offsets} z ON z.zone = m.zone AND z.from_at <= m.now AND m.now < z.to_at
        CROSS JOIN (VALUES (-1), (0), (1), (2), (3), (4), (5), (6), (7)) AS k(ahead)) w
      JOIN ${moments.offsets} l ON l.zone = w.zone AND l.local_from <= w.target AND w.target < l.local_to
      WHERE ${at} >= w.now - w.now % 60000 AND ((w.days >> (${weekday})::integer) & 1) = 1
      GROUP BY w.zone, w.now, w.minute, w.days`,
  );
  await db.run(sql`
    UPDATE enrolment SET phase = ${phase.waiting}, due_at = CASE WHEN s.at < s.now THEN s.now ELSE s.at END
    ${dueAt(
      tick,
      sql`s.kind = 'until' AND e.phase = ${phase.arrived}`,
      sql`JOIN customer c ON c.customer = e.customer JOIN coming w
        ON w.place = ${placeOf(zone, now)} AND w.minute = s.minute AND w.days = coalesce(s.days, ${everyDay}::integer)`,
      sql`, w.at`,
    )}`);
}
