import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { FrequencyCap } from '../../spec/model/model.ts';
import { goesToCustomers } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import { ident } from '../store/dialect.ts';
import { counted } from '../store/outcome-sql.ts';
import { temporary } from '../store/statements.ts';
import type { Tick } from './tick.ts';

/**
 * Fills `capped` (enrolment, cap) with the candidates that a full cap keeps out. A customer has one candidate a round, so
 * only earlier decisions count. Of several full caps the narrower gives the reason, then the order of the file.
 */
export async function applyCaps(tick: Tick, shared: boolean): Promise<void> {
  const { db, program } = tick;
  const caps = program.policies.caps.toSorted((a, b) => Number(overall(a)) - Number(overall(b)));
  await temporary(db, 'capped', caps.length === 0 ? none : full(caps, tick, shared));
}

const none = sql`SELECT enrolment, NULL::text AS cap FROM candidate WHERE FALSE`;
const undecided = sql`v.refusal IS NULL AND NOT v.held AND v.category = 'marketing' AND v.personal`;

function full(caps: FrequencyCap[], tick: Tick, shared: boolean): Sql {
  const reached = caps.map(
    (cap, i) =>
      sql`WHEN ${concerns(cap, raw('v'))} AND coalesce(h.${count(i)}, 0) >= ${cap.max}::bigint THEN ${cap.name}::text`,
  );
  return sql`
    SELECT enrolment, cap FROM (
      SELECT v.enrolment, CASE ${join(reached, ' ')} END AS cap FROM candidate v ${history(caps, tick, shared)} WHERE ${undecided}) a
    WHERE cap IS NOT NULL`;
}

const overall = (cap: FrequencyCap) => !cap.channel && !cap.campaign;
const count = (i: number) => raw(`past_${i}`);

/** Returns the messages that a cap is about: all marketing, or that of one channel or campaign. */
function concerns(cap: FrequencyCap, alias: Sql): Sql {
  return sql`${cap.channel ? sql`${alias}.channel = ${cap.channel}` : sql`TRUE`} AND ${
    cap.campaign ? sql`${alias}.campaign = ${cap.campaign}` : sql`TRUE`
  }`;
}

const twoDays = 2 * 86_400_000;

/** Returns true if a cap counts the messages of the customer's calendar day, so that candidates carry where it begins. */
export function countsDays({ policies }: Program): boolean {
  return policies.caps.some(({ per }) => per === 'calendar day');
}

/** A calendar day is cut by the customer's calendar; no local day is longer than two of 24 hours. */
function history(caps: FrequencyCap[], { moments, program }: Tick, shared: boolean): Sql {
  const { now } = moments;
  const span = (cap: FrequencyCap) => (cap.per === 'calendar day' ? twoDays : cap.per);
  const today = sql`m.decided_at >= d.day_from AND NOT (m.decided_at >= d.break_from AND m.decided_at < d.break_to)`;
  const counts = caps.map((cap, i) => {
    const window = cap.per === 'calendar day' ? today : sql`m.decided_at > ${now} - ${cap.per}::bigint`;
    return sql`count(*) FILTER (WHERE ${window} AND ${concerns(cap, raw('m'))}) AS ${count(i)}`;
  });
  const own = ['customer', 'status', 'category', 'channel', 'campaign', 'decided_at'].map(
    (column) => sql`o.${ident(column)}`,
  );
  // A message to others at an address of the customer counts as the customer's.
  const messages = shared
    ? sql`(SELECT ${join(own)} FROM message o UNION ALL
        SELECT b.customer, ${join(own.slice(1))} FROM message o JOIN mailbox b ON b.address = o.address
        WHERE b.first IS NOT NULL AND b.customer <> o.customer)`
    : sql`message`;
  return sql`
    LEFT JOIN (
      SELECT m.customer, ${join(counts)}
      FROM ${messages} m${moments.join(sql`m.customer`)} ${
        countsDays(program)
          ? sql`JOIN (SELECT DISTINCT customer, day_from, break_from, break_to FROM candidate) d ON d.customer = m.customer WHERE`
          : sql`WHERE m.customer IN (SELECT customer FROM candidate) AND`
      } m.status IN (${counted}) AND m.category = 'marketing'
        AND ${goesToCustomers(program, sql`m.channel`)}
        AND m.decided_at > ${now} - ${Math.max(...caps.map(span))}::bigint
      GROUP BY m.customer) h ON h.customer = v.customer`;
}
