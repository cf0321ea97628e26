import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { FrequencyCap } from '../../spec/model/model.ts';
import { name } from '../store/dialect.ts';
import { addressOf } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import type { Tick } from './tick.ts';
import { zoneAttribute } from './zones-in-use.ts';

/**
 * Phase 6: whoever stands at a send passes the gates in order: suppressed → consent → reachable → quiet hours →
 * frequency caps. The first that holds gives the reason. Every candidate becomes a message row, in the outbox or refused,
 * except where quiet hours hold it: then the enrolment waits and is asked again, all gates anew.
 */
export async function decide(tick: Tick): Promise<void> {
  const { db } = tick;
  await runAll(db, db.dialect.temporary('candidate', candidates(tick)));
  await applyCaps(tick);
  await db.run(record(tick));
  await db.run(proceed(tick));
}

/** `refusal`: by a gate up to quiet hours; `held`: quiet hours keep it back until `hold_until`. */
function candidates(tick: Tick): Sql {
  const quiet = tick.program.policies.quietHours;
  const late = sql`hold_until > coalesce(deferred_at, ${tick.now}::bigint) + expires`;
  const refused = quiet?.otherwise === 'cancel' ? sql`TRUE` : late;
  return sql`
    SELECT g.*, reason IS NULL AND hold_until IS NOT NULL AND NOT (${refused}) AS held,
      reason IS NULL AND hold_until IS NOT NULL AND ${late} AS expired,
      coalesce(reason, CASE WHEN hold_until IS NOT NULL AND ${refused} THEN 'quiet-hours' END) AS refusal
    FROM (${gates(tick)}) g`;
}

function gates(tick: Tick): Sql {
  const { db, now, program } = tick;
  const channels = program.channels;
  const zone = zoneAttribute(program);
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
        WHEN (e.customer, s.channel) IN (SELECT customer, channel FROM suppression)
          OR e.customer IN (SELECT customer FROM suppression WHERE channel = '*') THEN 'suppressed'
        WHEN k.category = 'marketing' AND NOT (e.customer, s.channel) IN (SELECT customer, channel FROM subscription)
          THEN 'no-consent'
        WHEN ${pick((channel) => addressOf(program, channel), sql`NULL`)} IS NULL THEN 'no-address'
      END AS reason,
      ${held} AS hold_until
    FROM enrolment e
    JOIN step s ON s.step = e.step AND s.kind = 'send'
    JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version
    JOIN customer c ON c.customer = e.customer
    JOIN (${clocks(tick)}) z ON z.zone = ${zone ? sql`coalesce(c.${name(zone)}, ${home})` : sql`${home}`}
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
  const end = crosses
    ? sql`h.midnight + ${to} + CASE WHEN h.clock >= ${from} THEN ${day}::bigint ELSE 0 END`
    : sql`h.midnight + ${to}`;
  // In the second pass of a repeated hour the end has been once already: ask again at the next grid instant.
  return sql`
    SELECT h.zone, h.midnight - h.shift AS day_from,
      CASE WHEN h.inside THEN greatest(coalesce(l.gap_at, h.until - l.shift), ${now + program.project.tick}::bigint) END AS allowed_at
    FROM (SELECT h.*, ${inside} AS inside, ${end} AS until FROM (${here}) h) h
    JOIN tz_offset l ON l.zone = h.zone AND l.local_from <= h.until AND h.until < l.local_to`;
}

/**
 * Fills `capped` (enrolment, cap): who of the candidates a cap keeps out. One pass over the past counts for all caps. A
 * customer's only candidate needs no ranking, and that is nearly everybody.
 */
async function applyCaps(tick: Tick): Promise<void> {
  const { db, now, program } = tick;
  const caps = program.policies.caps.toSorted((a, b) => Number(overall(a)) - Number(overall(b)));
  if (caps.length === 0) {
    await runAll(
      db,
      db.dialect.temporary('capped', sql`SELECT enrolment, NULL::text AS cap FROM candidate WHERE FALSE`),
    );
    return;
  }
  const own = ['enrolment', 'customer', 'channel', 'campaign', 'priority', 'entered_at'].map((c) => sql`v.${name(c)}`);
  const past = caps.map((_, i) => sql`coalesce(h.${count(i)}, 0) AS ${count(i)}`);
  const open = sql`SELECT ${join([...own, ...past])} FROM candidate v ${history(caps, now)} WHERE ${undecided}`;
  const rivals = sql`SELECT customer FROM candidate v WHERE ${undecided} GROUP BY customer HAVING count(*) > 1`;
  const contested = (await db.query(sql`${rivals} LIMIT 1`)).length > 0;
  await runAll(db, db.dialect.temporary('capped', contested ? ranked(caps, open, rivals) : alone(caps, open)));
}

const undecided = sql`v.refusal IS NULL AND NOT v.held AND v.category = 'marketing'`;

function alone(caps: FrequencyCap[], open: Sql): Sql {
  const full = caps.map(
    (cap, i) => sql`WHEN ${concerns(cap, raw('w'))} AND w.${count(i)} >= ${cap.max}::bigint THEN ${cap.name}::text`,
  );
  return sql`
    SELECT enrolment, cap FROM (SELECT w.enrolment, w.customer, CASE ${join(full, ' ')} END AS cap FROM (${open}) w) a
    WHERE cap IS NOT NULL`;
}

/** Among several of one customer, one cap after the other ranks what the earlier ones left, the narrower caps first. */
function ranked(caps: FrequencyCap[], open: Sql, rivals: Sql): Sql {
  const passes = caps.reduce(pass, sql`${open} AND v.customer IN (${rivals})`);
  return sql`
    ${alone(caps, sql`${open} AND v.customer NOT IN (${rivals})`)}
    UNION ALL
    SELECT enrolment, cap FROM (
      SELECT enrolment, coalesce(${join(caps.map((_, i) => capOf(i)))}) AS cap FROM (${passes}) r) verdict
    WHERE cap IS NOT NULL`;
}

const overall = (cap: FrequencyCap) => !cap.channel && !cap.campaign;
const count = (i: number) => raw(`past_${i}`);
const capOf = (i: number) => raw(`cap_${i}`);

/** What a cap is about: all marketing, or that of one channel or campaign. */
function concerns(cap: FrequencyCap, alias: Sql): Sql {
  return sql`${cap.channel ? sql`${alias}.channel = ${cap.channel}` : sql`TRUE`} AND ${
    cap.campaign ? sql`${alias}.campaign = ${cap.campaign}` : sql`TRUE`
  }`;
}

/** A calendar day is counted over 25 hours, the longest there is, and cut at the customer's own midnight. */
function history(caps: FrequencyCap[], now: number): Sql {
  const span = (cap: FrequencyCap) => (cap.per === 'calendar day' ? 25 * 3_600_000 : cap.per);
  const counts = caps.map((cap, i) => {
    const since = cap.per === 'calendar day' ? sql`AND m.decided_at >= d.day_from` : empty;
    const window = sql`m.decided_at > ${now - span(cap)}::bigint ${since}`;
    return sql`count(*) FILTER (WHERE ${window} AND ${concerns(cap, raw('m'))}) AS ${count(i)}`;
  });
  return sql`
    LEFT JOIN (
      SELECT m.customer, ${join(counts)}
      FROM message m JOIN (SELECT DISTINCT customer, day_from FROM candidate) d ON d.customer = m.customer
      WHERE m.status IN ('decided', 'claimed', 'sent', 'unknown') AND m.category = 'marketing'
        AND m.decided_at > ${now - Math.max(...caps.map(span))}::bigint
      GROUP BY m.customer) h ON h.customer = v.customer`;
}

function pass(rows: Sql, cap: FrequencyCap, i: number): Sql {
  const uncapped = Array.from({ length: i }, (_, earlier) => sql`w.${capOf(earlier)} IS NULL`);
  const open = join([...uncapped, concerns(cap, raw('w'))], ' AND ');
  return sql`
    SELECT w.*, CASE WHEN ${open} AND w.${count(i)} + row_number() OVER (PARTITION BY w.customer, ${open}
      ORDER BY w.priority DESC, w.entered_at, w.enrolment) > ${cap.max}::bigint THEN ${cap.name}::text END AS ${capOf(i)}
    FROM (${rows}) w`;
}

const refused = sql`(v.refusal IS NOT NULL OR k.cap IS NOT NULL)`;
const why = sql`coalesce(v.refusal, 'cap:' || k.cap)`;

function record({ now }: Tick): Sql {
  return sql`
    INSERT INTO message (message, enrolment, customer, campaign, version, step, arm, channel, template, category,
      status, reason, decided_at, send_at, expires_at, deferred_at, attempts, finished_at, price)
    SELECT v.message, v.enrolment, v.customer, v.campaign, v.version, v.step, v.arm, v.channel, v.template, v.category,
      CASE WHEN v.expired THEN 'expired' WHEN ${refused} THEN 'suppressed' ELSE 'decided' END, ${why},
      ${now}::bigint, ${now}::bigint, coalesce(v.deferred_at, ${now}::bigint) + v.expires, v.deferred_at, 0,
      CASE WHEN ${refused} THEN ${now}::bigint END, v.price
    FROM candidate v LEFT JOIN capped k ON k.enrolment = v.enrolment WHERE NOT v.held`;
}

/** Decided: on, or waiting for the reaction; refused: to the next channel of the cascade, or on; held: asked again later. */
function proceed({ now }: Tick): Sql {
  const waits = sql`(NOT v.held AND NOT v.refused AND v.within IS NOT NULL)`;
  const target = sql`(CASE WHEN v.held OR ${waits} THEN v.step WHEN v.refused THEN v.otherwise ELSE v.next END)`;
  return sql`
    UPDATE enrolment SET step = ${target},
      phase = CASE WHEN ${waits} THEN 1 ELSE 0 END,
      due_at = CASE WHEN v.held THEN v.hold_until WHEN ${waits} THEN ${now}::bigint + v.within ELSE ${now}::bigint END,
      deferred_at = CASE WHEN v.held THEN coalesce(v.deferred_at, ${now}::bigint) END,
      status = CASE WHEN ${target} IS NULL THEN 'ended' ELSE 'active' END,
      reason = CASE WHEN ${target} IS NULL THEN 'completed' END,
      ended_at = CASE WHEN ${target} IS NULL THEN ${now}::bigint END
    FROM (SELECT v.*, ${refused} AS refused FROM candidate v LEFT JOIN capped k ON k.enrolment = v.enrolment) v
    WHERE enrolment.enrolment = v.enrolment`;
}
