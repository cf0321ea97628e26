import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { FrequencyCap } from '../../spec/model/model.ts';
import { name } from '../store/dialect.ts';
import { runAll } from '../store/statements.ts';
import type { Tick } from './tick.ts';
import { goesToCustomers } from './to-customers.ts';

/**
 * Fills `capped` (enrolment, cap): who of the candidates a cap keeps out. One pass over the past counts for all caps. A
 * customer's only candidate needs no ranking, and that is nearly everybody.
 */
export async function applyCaps(tick: Tick): Promise<void> {
  const { db, program } = tick;
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
  const open = sql`SELECT ${join([...own, ...past])} FROM candidate v ${history(caps, tick)} WHERE ${undecided}`;
  const rivals = sql`SELECT customer FROM candidate v WHERE ${undecided} GROUP BY customer HAVING count(*) > 1`;
  const contested = (await db.query(sql`${rivals} LIMIT 1`)).length > 0;
  await runAll(db, db.dialect.temporary('capped', contested ? ranked(caps, open, rivals) : alone(caps, open)));
}

const undecided = sql`v.refusal IS NULL AND NOT v.held AND v.category = 'marketing' AND v.personal`;

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
function history(caps: FrequencyCap[], { now, program }: Tick): Sql {
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
        AND ${goesToCustomers(program, sql`m.channel`)}
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
