import sql, { empty, type Sql } from 'sql-template-tag';
import type { Program } from '../compile/program.ts';
import { name } from '../store/dialect.ts';

/** Messages of one channel to be judged at one moment. `chosen` selects from `message` under no alias. */
export interface Judging {
  program: Program;
  channel: string;
  now: number;
  chosen: Sql;
}

/**
 * Judges the chosen messages once more, as the last thing before they leave: (message, refusal, hold_until). What the
 * tick let through may have changed since, most of all after an outage or a retry. Late comes first: nothing else about
 * a late message matters.
 */
export function judged({ program, channel, now, chosen }: Judging): Sql {
  const address = program.channels.find((c) => c.name === channel)?.address;
  const zone = program.data.customers.attributes.find((a) => a.type === 'timezone');
  const home = program.project.timezone;
  return sql`
    SELECT m.message, ${holdUntil(program, now)} AS hold_until,
      CASE
        WHEN m.expires_at <= ${now}::bigint THEN 'late'
        WHEN e.status = 'ended' AND e.reason IN ('exit-event', 'goal') THEN e.reason
        WHEN s.within IS NOT NULL AND (e.step IS NULL OR e.step <> m.step) THEN 'superseded'
        WHEN EXISTS (SELECT 1 FROM suppression x WHERE x.customer = m.customer AND x.channel IN (${channel}::text, '*'))
          THEN 'suppressed'
        WHEN m.category = 'marketing'
          AND NOT EXISTS (SELECT 1 FROM subscription x WHERE x.customer = m.customer AND x.channel = ${channel}::text)
          THEN 'no-consent'
        WHEN ${address === undefined ? sql`TRUE` : sql`c.${name(address)} IS NULL`} THEN 'no-address'
      END AS refusal
    FROM (${chosen}) m
    LEFT JOIN customer c ON c.customer = m.customer
    LEFT JOIN enrolment e ON e.enrolment = m.enrolment
    LEFT JOIN step s ON s.step = m.step
    LEFT JOIN tz_offset z ON z.zone = ${zone ? sql`coalesce(c.${name(zone.name)}, ${home}::text)` : sql`${home}::text`}
      AND z.from_at <= ${now}::bigint AND ${now}::bigint < z.to_at`;
}

/** The end of the quiet hours that the recipient is in, else null. Over a change of the clocks it is only near; then it is asked again. */
function holdUntil({ policies: { quietHours: quiet } }: Program, now: number): Sql {
  if (!quiet) return sql`NULL::bigint`;
  const day = sql`86400000::bigint`;
  const from = sql`${quiet.from * 60_000}::bigint`;
  const to = sql`${quiet.to * 60_000}::bigint`;
  const clock = sql`((${now}::bigint + z.shift) % ${day})`;
  const inside =
    quiet.from > quiet.to
      ? sql`(${clock} >= ${from} OR ${clock} < ${to})`
      : sql`(${clock} >= ${from} AND ${clock} < ${to})`;
  return sql`CASE WHEN ${inside}${quiet.transactional ? empty : sql` AND m.category = 'marketing'`}
    THEN ${now}::bigint + (${to} - ${clock} + ${day}) % ${day} END`;
}

/** What the judgement makes of a message. A hold that would outlast it, or that the project wants dropped, refuses it. */
export function verdict(program: Program): { status: Sql; reason: Sql } {
  const drop = program.policies.quietHours?.otherwise === 'cancel';
  const status = sql`CASE
    WHEN j.refusal = 'late' THEN 'expired'
    WHEN j.refusal IS NOT NULL THEN 'suppressed'
    WHEN j.hold_until IS NULL THEN 'claimed'
    WHEN ${drop ? sql`TRUE` : sql`FALSE`} THEN 'suppressed'
    WHEN j.hold_until >= message.expires_at THEN 'expired'
    ELSE 'decided' END`;
  return { status, reason: sql`coalesce(j.refusal, CASE WHEN j.hold_until IS NOT NULL THEN 'quiet-hours' END)` };
}
