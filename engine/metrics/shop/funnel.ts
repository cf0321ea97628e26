import sql, { join, raw, type Sql } from 'sql-template-tag';
import { ident } from '../../store/dialect.ts';
import { eventTable } from '../../store/tables.ts';
import { shareInterval } from '../stats/intervals.ts';
import type { Estimate } from '../stats/sample.ts';
import { type Asked, onlyMembers } from './asked.ts';

/** The events of a funnel, in their order. */
export interface FunnelSteps {
  /** Kinds of events, at least one, all different. */
  events: string[];
  /** The time from the first event to the last, milliseconds. */
  within: number;
}

export interface FunnelStep {
  event: string;
  /** The customers who came so far. */
  customers: number;
  /** The share of the customers of the step before; null for the first step. */
  ofPrevious: Estimate | null;
  ofFirst: Estimate | null;
}

export interface Funnel {
  within: number;
  steps: FunnelStep[];
  /** Those who began after this instant still have time; epoch milliseconds. */
  openFrom: number;
}

/**
 * Counts the customers for whom there are events of the first kinds, one not before the other, the first of them in the time and the last not
 * later than `within` after the first.
 */
export async function funnelOf(asked: Asked, { events, within }: FunnelSteps, now: number): Promise<Funnel> {
  const { db, from, to } = asked;
  const bigint = raw(db.dialect.types.bigint);
  const happened = events.map(
    (event, step) => sql`
      SELECT v.customer, v.at, ${step}::integer AS step FROM ${ident(eventTable(event))} v
      WHERE v.customer > 0 AND v.at >= ${from}::bigint AND v.at < ${step === 0 ? to : to + within}::bigint${onlyMembers(asked, sql`v.customer`)}`,
  );
  // `s`: the latest instant at which a way to the event can have begun, so that the way is the shortest.
  let ways: Sql = sql`
    SELECT w.*, CASE WHEN w.step = 0 THEN w.at ELSE NULL::${bigint} END AS s FROM (${join(happened, ' UNION ALL ')}) w`;
  for (let step = 1; step < events.length; step++)
    ways = sql`
      SELECT w.customer, w.at, w.step, CASE WHEN w.step = ${step}::integer
        THEN max(CASE WHEN w.step = ${step - 1}::integer THEN w.s END) OVER (PARTITION BY w.customer ORDER BY w.at) ELSE w.s END AS s
      FROM (${ways}) w`;
  const rows = await db.query<{ step: number; customers: number }>(sql`
    SELECT w.step, count(DISTINCT w.customer) AS customers FROM (${ways}) w
    WHERE w.at - w.s <= ${within}::bigint GROUP BY w.step`);
  const reached = events.map((_, step) => rows.find((row) => row.step === step)?.customers ?? 0);
  const share = (hits: number, n = 0) => shareInterval({ hits, n }) ?? null;
  return {
    within,
    openFrom: now - within,
    steps: events.map((event, step) => {
      const customers = reached[step] ?? 0;
      const ofPrevious = step === 0 ? null : share(customers, reached[step - 1]);
      return { event, customers, ofPrevious, ofFirst: share(customers, reached[0]) };
    }),
  };
}
