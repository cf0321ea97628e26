import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Holdout } from '../../spec/model/model.ts';
import { allGates, type Gate } from '../../spec/model/outcomes.ts';
import { goesToCustomers } from '../program/facts.ts';
import type { Dialect } from '../store/dialect.ts';
import { counted, messageReason } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';
import { isLastOfPreferred } from '../store/preferred.ts';
import { addressOf } from '../store/query-sql.ts';
import { hasSent, sendKey } from '../store/send-key.ts';
import { zoneOf } from '../store/zones.ts';
import { isClock } from './clocks.ts';
import { countsDays } from './decide-caps.ts';
import { enrolments, isDue } from './moves.ts';
import type { Tick } from './tick.ts';

/** The parts that a round of judging has to look at. */
export interface Round {
  /** A refused message leads to another send at once. */
  hasFallback: boolean;
  /** Few of many customers are judged, so their permissions are looked up instead of all being read. */
  few: boolean;
  /** A cascade in preferred order is among the steps. */
  prefers: boolean;
  /** Some candidates are put off: those in `waiting`. */
  contested: boolean;
  /** Some customers share an address with another one. */
  shared: boolean;
  /** Some journeys have been moved to another version, and may have a message of a step that follows. */
  moved: boolean;
}

/**
 * Selects the candidates with the reason that refuses the message, or the end of the quiet hours that hold it. With `hasFallback`, also at
 * the sends that follow if it is refused, `depth` telling how many are before. With `shared`, `mailbox` is the shared address.
 */
export function gates(tick: Tick, { few, hasFallback, prefers, contested, shared, moved }: Round): Sql {
  const { db, program, moments } = tick;
  const channels = program.channels;
  const personal = goesToCustomers(program, sql`s.channel`);
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
    ? sql`CASE WHEN ${personal} AND ${quiet.transactional ? sql`TRUE` : sql`k.category = 'marketing'`} THEN z.allowed_at END`
    : sql`NULL::bigint`;
  const address = pick((channel) => addressOf(program, channel), sql`NULL::text`);
  const attribute = pick((_, i) => sql`${channels[i]?.address ?? null}::text`, sql`NULL::text`);
  const holdouts = program.holdouts
    .filter((each) => each.campaigns?.length !== 0)
    .map((each) => heldOut(each, db.dialect, shared ? sql`coalesce(b.first, c.id)` : sql`c.id`));
  const here = sql`${isDue(tick)} AND e.phase = ${phase.arrived}`;
  const theirs = few ? sql` WHERE customer IN (SELECT e.customer FROM ${enrolments(tick)} WHERE ${here})` : empty;
  const permissions = (table: 'blocked' | 'subscription') => sql`SELECT customer, channel FROM ${raw(table)}${theirs}`;
  const judged: Partial<Record<Gate, Sql>> = {
    // The gates after the first are about customers alone, not about webhooks and tasks.
    suppressed: sql`WHEN (e.customer, s.channel) IN (${permissions('blocked')}) THEN ${messageReason.suppressed}
        WHEN NOT ${personal} THEN NULL`,
    'no-consent': sql`
        WHEN k.category = 'marketing' AND NOT (e.customer, s.channel) IN (${permissions('subscription')})
          THEN ${messageReason['no-consent']}`,
    'no-address': sql`WHEN ${address} IS NULL THEN ${messageReason['no-address']}`,
    ...(holdouts.length > 0 && { holdout: join(holdouts, ' ') }),
    ...(shared && { 'same-address': copy(tick) }),
  };
  // The last stage of a cascade in preferred order waits for nothing, whichever it is.
  const within = prefers ? sql`CASE WHEN NOT ${isLastOfPreferred(sql`e.enrolment`)} THEN s.within END` : sql`s.within`;
  const depth = hasFallback ? sql`f.depth` : sql`0`;
  // A message further on has not been held yet.
  const since = hasFallback ? sql`CASE WHEN f.depth = 0 THEN e.deferred_at END` : sql`e.deferred_at`;
  // A webhook is judged before the customer's messages, so what follows it has its turn later.
  const stages = hasFallback
    ? sql`JOIN (SELECT step, step AS stage, 0 AS depth FROM step WHERE kind = 'send'
        UNION ALL SELECT b.step, b.stage, b.depth FROM fallback b JOIN step o ON o.step = b.step
        WHERE ${goesToCustomers(program, sql`o.channel`)}) f ON f.step = e.step
      JOIN step s ON s.step = f.stage`
    : sql`JOIN step s ON s.step = e.step AND s.kind = 'send'`;
  return sql`
    SELECT e.enrolment, e.customer, e.campaign, e.version, e.arm, e.entered_at, ${moments.now} AS now, ${since} AS deferred_at, ${depth} AS depth, s.step, s.channel, s.template,
      s.next, s.otherwise, ${within} AS within, k.category, k.priority, k.expires, ${countsDays(program) ? sql`z.day_from, z.break_from, z.break_to,` : empty}
      md5(concat(e.campaign, '/', c.id, '/', e.occurrence, '/', ${sendKey('s')}, '/', s.channel)) AS message,
      ${price} AS price, ${personal} AS personal, ${shared ? sql`b.address` : sql`NULL::text`} AS mailbox,
      CASE ${join(
        allGates.map((gate) => judged[gate] ?? empty),
        ' ',
      )} END AS reason,
      ${held} AS hold_until
    FROM ${enrolments(tick)}
    ${stages}
    JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version
    JOIN customer c ON c.customer = e.customer
    ${shared ? sql`LEFT JOIN mailbox b ON b.first IS NOT NULL AND b.customer = e.customer AND b.attribute = ${attribute}` : empty}
    JOIN clock z ON ${isClock(moments, zoneOf(program))}
    WHERE ${here}
    ${hasFallback && moved ? sql`AND (f.depth = 0 OR NOT ${hasSent(sql`e.enrolment`, sql`e.customer`)})` : empty}
    ${contested ? sql`AND e.enrolment NOT IN (SELECT enrolment FROM waiting)` : empty}`;
}

/**
 * A second copy of a marketing step to an address that another customer of it has been sent one to, unless the campaign's rule
 * of re-entry would let one customer in again by now.
 */
function copy({ moments: { now } }: Tick): Sql {
  return sql`WHEN k.category = 'marketing' AND b.address IS NOT NULL AND EXISTS (
      SELECT 1 FROM message m JOIN step o ON o.step = m.step JOIN enrolment f ON f.enrolment = m.enrolment
      WHERE m.address = b.address AND m.customer <> e.customer AND m.campaign = e.campaign AND ${sendKey('o')} = ${sendKey('s')} AND m.channel = s.channel
        AND m.status IN (${counted})
        AND (k.reenter < 0 OR (k.reenter > 0 AND m.decided_at > ${now} - k.reenter)
          OR (k.reenter = 0 AND (m.decided_at = ${now} OR f.occurrence = e.occurrence)))) THEN ${messageReason['same-address']}`;
}

/** The draw depends on the salt and `id` alone, the shop's id of the customer, so it is the same in every store. */
function heldOut({ name, share, salt, campaigns }: Holdout, { bucket, types }: Dialect, id: Sql): Sql {
  const concerned = campaigns ? sql` AND k.campaign IN (${join(campaigns)})` : empty;
  return sql`WHEN k.category = 'marketing'${concerned}
    AND ${bucket(sql`concat('holdout/', ${salt}::text, '/', ${id})`)} < ${share / 10_000}::${raw(types.double)}
    THEN ${`holdout:${name}`}::text`;
}
