import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { FrequencyCap } from '../../spec/model/model.ts';
import { name } from '../store/dialect.ts';
import { addressOf } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import type { Tick } from './tick.ts';

/**
 * Phase 6: whoever stands at a send passes the gates in order: suppressed → consent → reachable → quiet hours →
 * frequency caps. The first that holds gives the reason. Every candidate becomes a message row, in the outbox or refused,
 * except where quiet hours hold it: then the enrolment waits and is asked again, all gates anew.
 */
export async function decide(tick: Tick): Promise<void> {
  const { db } = tick;
  await runAll(db, db.dialect.temporary('candidate', candidates(tick)));
  await runAll(db, db.dialect.temporary('verdict', capped(tick)));
  await db.run(record(tick));
  await db.run(proceed(tick));
}

/** Reasons up to quiet hours; `hold_until` is where they hold a message back. */
function candidates(tick: Tick): Sql {
  const { db, now, program } = tick;
  const channels = program.channels;
  const zone = program.data.customers.attributes.find((a) => a.type === 'timezone');
  const home = program.project.timezone;
  const pick = (of: (channel: string, i: number) => Sql, none: Sql) =>
    channels.length === 0
      ? none
      : sql`CASE s.channel ${join(
          channels.map((channel, i) => sql`WHEN ${channel.name} THEN ${of(channel.name, i)}`),
          ' ',
        )} END`;
  const price = pick((_, i) => sql`${channels[i]?.price ?? 0}::${raw(db.dialect.types.double)}`, sql`0`);
  const quiet = program.policies.quietHours;
  const held = quiet
    ? sql`CASE WHEN ${quiet.transactional ? sql`TRUE` : sql`k.category = 'marketing'`} THEN z.allowed_at END`
    : sql`NULL::bigint`;
  return sql`
    SELECT e.enrolment, e.customer, e.campaign, e.version, e.arm, e.entered_at, e.deferred_at, s.step, s.channel, s.template,
      s.next, s.otherwise, s.within, k.category, k.priority, k.expires, z.day_from,
      md5(concat(e.campaign, '/', c.id, '/', e.occurrence, '/', s.id, '/', s.channel)) AS message,
      ${price} AS price,
      CASE
        WHEN EXISTS (SELECT 1 FROM suppression x WHERE x.customer = e.customer AND x.channel IN (s.channel, '*'))
          THEN 'suppressed'
        WHEN k.category = 'marketing'
          AND NOT EXISTS (SELECT 1 FROM subscription x WHERE x.customer = e.customer AND x.channel = s.channel)
          THEN 'no-consent'
        WHEN ${pick((channel) => addressOf(program, channel), sql`NULL`)} IS NULL THEN 'no-address'
      END AS reason,
      ${held} AS hold_until
    FROM enrolment e
    JOIN step s ON s.step = e.step AND s.kind = 'send'
    JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version
    JOIN customer c ON c.customer = e.customer
    JOIN (${clocks(tick)}) z ON z.zone = ${zone ? sql`coalesce(c.${name(zone.name)}, ${home})` : sql`${home}`}
    WHERE e.status = 'active' AND e.phase = 0 AND e.due_at <= ${now}::bigint`;
}

/** Per zone: when its day began, and, inside quiet hours, the first instant after them. */
function clocks({ now, program }: Tick): Sql {
  const day = 86_400_000;
  const quiet = program.policies.quietHours;
  const here = sql`SELECT zone, shift, ${now}::bigint + shift - (${now}::bigint + shift) % ${day}::bigint AS midnight,
    (${now}::bigint + shift) % ${day}::bigint AS clock
    FROM tz_offset WHERE from_at <= ${now}::bigint AND ${now}::bigint < to_at`;
  if (!quiet) return sql`SELECT zone, midnight - shift AS day_from FROM (${here}) h`;
  const from = sql`${quiet.from * 60_000}::bigint`;
  const to = sql`${quiet.to * 60_000}::bigint`;
  const crosses = quiet.from > quiet.to;
  const inside = crosses ? sql`(h.clock >= ${from} OR h.clock < ${to})` : sql`(h.clock >= ${from} AND h.clock < ${to})`;
  const end = crosses ? sql`h.midnight + ${to} + CASE WHEN h.clock >= ${from} THEN ${day}::bigint ELSE 0 END` : sql`h.midnight + ${to}`;
  // In the second pass of a repeated hour the end has been once already: ask again at the next grid instant.
  return sql`
    SELECT h.zone, h.midnight - h.shift AS day_from,
      CASE WHEN h.inside THEN greatest(coalesce(l.gap_at, h.until - l.shift), ${now + program.project.tick}::bigint) END AS allowed_at
    FROM (SELECT h.*, ${inside} AS inside, ${end} AS until FROM (${here}) h) h
    JOIN tz_offset l ON l.zone = h.zone AND l.local_from <= h.until AND h.until < l.local_to`;
}

/** Passes the candidates through one cap after the other: those of one channel or campaign first, then the overall ones. */
function capped({ now, program }: Tick): Sql {
  const quiet = program.policies.quietHours;
  const late = sql`hold_until > coalesce(deferred_at, ${now}::bigint) + expires`;
  const refusal = quiet?.otherwise === 'cancel' ? sql`hold_until IS NOT NULL` : late;
  const gated = sql`SELECT v.*, v.reason IS NULL AND v.hold_until IS NOT NULL AND NOT (${refusal}) AS held,
      v.reason IS NULL AND v.hold_until IS NOT NULL AND ${late} AS expired,
      coalesce(v.reason, CASE WHEN v.hold_until IS NOT NULL AND ${refusal} THEN 'quiet-hours' END) AS refusal
    FROM candidate v`;
  const caps = program.policies.caps.toSorted((a, b) => Number(!a.channel && !a.campaign) - Number(!b.channel && !b.campaign));
  return caps.reduce((rows, cap) => pass(rows, cap, now), gated);
}

function pass(rows: Sql, cap: FrequencyCap, now: number): Sql {
  const concerns = (alias: Sql) =>
    sql`${alias}.category = 'marketing'${cap.channel ? sql` AND ${alias}.channel = ${cap.channel}` : empty}${
      cap.campaign ? sql` AND ${alias}.campaign = ${cap.campaign}` : empty
    }`;
  // A day's messages are counted over 25 hours, the longest day there is, and cut at the customer's own midnight.
  const longest = cap.per === 'calendar day' ? 25 * 3_600_000 : cap.per;
  const since = cap.per === 'calendar day' ? sql`AND m.decided_at >= w.day_from` : empty;
  const open = sql`w.refusal IS NULL AND NOT w.held AND ${concerns(sql`w`)}`;
  return sql`
    SELECT ${join(kept.map((column) => sql`r.${name(column)}`))},
      CASE WHEN r.open AND r.nth + r.past > ${cap.max}::bigint THEN ${`cap:${cap.name}`} ELSE r.refusal END AS refusal
    FROM (
      SELECT w.*, ${open} AS open, coalesce(h.past, 0) AS past,
        row_number() OVER (PARTITION BY w.customer, CASE WHEN ${open} THEN 1 ELSE 0 END
          ORDER BY w.priority DESC, w.entered_at, w.enrolment) AS nth
      FROM (${rows}) w
      LEFT JOIN (
        SELECT w.enrolment, count(*) AS past FROM candidate w JOIN message m ON m.customer = w.customer
        WHERE m.status IN ('decided', 'claimed', 'sent', 'unknown') AND m.decided_at > ${now - longest}::bigint
          AND ${concerns(sql`m`)} ${since}
        GROUP BY w.enrolment) h ON h.enrolment = w.enrolment) r`;
}

const kept = [
  'enrolment', 'customer', 'campaign', 'version', 'arm', 'entered_at', 'deferred_at', 'step', 'channel', 'template',
  'next', 'otherwise', 'within', 'category', 'priority', 'expires', 'day_from', 'message', 'price', 'reason', 'hold_until',
  'held', 'expired',
];

function record({ now }: Tick): Sql {
  return sql`
    INSERT INTO message (message, enrolment, customer, campaign, version, step, arm, channel, template, category,
      status, reason, decided_at, send_at, expires_at, deferred_at, attempts, finished_at, price)
    SELECT v.message, v.enrolment, v.customer, v.campaign, v.version, v.step, v.arm, v.channel, v.template, v.category,
      CASE WHEN v.expired THEN 'expired' WHEN v.refusal IS NOT NULL THEN 'suppressed' ELSE 'decided' END, v.refusal,
      ${now}::bigint, ${now}::bigint, coalesce(v.deferred_at, ${now}::bigint) + v.expires, v.deferred_at, 0,
      CASE WHEN v.refusal IS NOT NULL THEN ${now}::bigint END, v.price
    FROM verdict v WHERE NOT v.held`;
}

/** Decided: on, or waiting for the reaction; refused: to the next channel of the cascade, or on; held: asked again later. */
function proceed({ now }: Tick): Sql {
  const target = sql`(CASE WHEN v.held OR (v.refusal IS NULL AND v.within IS NOT NULL) THEN v.step
    WHEN v.refusal IS NULL THEN v.next ELSE v.otherwise END)`;
  return sql`
    UPDATE enrolment SET step = ${target},
      phase = CASE WHEN NOT v.held AND v.refusal IS NULL AND v.within IS NOT NULL THEN 1 ELSE 0 END,
      due_at = CASE WHEN v.held THEN v.hold_until
        WHEN v.refusal IS NULL AND v.within IS NOT NULL THEN ${now}::bigint + v.within ELSE ${now}::bigint END,
      deferred_at = CASE WHEN v.held THEN coalesce(v.deferred_at, ${now}::bigint) END,
      status = CASE WHEN ${target} IS NULL THEN 'ended' ELSE 'active' END,
      reason = CASE WHEN ${target} IS NULL THEN 'completed' END,
      ended_at = CASE WHEN ${target} IS NULL THEN ${now}::bigint END
    FROM verdict v WHERE enrolment.enrolment = v.enrolment`;
}
