import sql, { join, raw, type Sql } from 'sql-template-tag';
import { baseOf } from '../../spec/model/variants.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { type Effect, effect } from './effects.ts';
import { toMoney } from './messages.ts';
import { pastOf } from './past.ts';
import { drawnSplits, type Split } from './splits.ts';
import { difference } from './stats/effects.ts';
import { meanInterval, shareInterval } from './stats/intervals.ts';
import { type Pairs, pairsOf } from './stats/pairs.ts';
import { daily, daysNeeded } from './stats/power.ts';
import { type Estimate, type Sample, sampleOf, usual } from './stats/sample.ts';
import { sequentialInterval } from './stats/sequential.ts';
import { eachOfSeveral } from './stats/several-arms.ts';
import { type SampleRatio, sampleRatio } from './stats/srm.ts';

/** The arms of a split of one version against each other, from the first customer of the version on. */
export interface Experiment extends Omit<Split, 'arms' | 'redraw' | 'began'> {
  /** The unit that was drawn at random, and is counted. */
  unit: 'customer' | 'entry';
  /** The check that the sizes of the arms fit their shares; null if they are empty. */
  ratio: SampleRatio | null;
  /** The reason for which there is no verdict; null if there is one. */
  without: 'mismatch' | 'control' | null;
  /** The days since its first customer. */
  days: number;
  /** The arm with which the others are compared; null: there is none. */
  base: string | null;
  /** The arms in the order of the file. */
  arms: ExperimentArm[];
}

export interface ExperimentArm {
  arm: string;
  control: boolean;
  /** The share of the customers that the files give it. */
  share: number;
  /** Customers, or entries where these are drawn. */
  n: number;
  /** The units that reached the goal at least once. */
  converted: number;
  revenue: number;
  conversion: Estimate | null;
  /** The revenue of one; null where nothing can be said. */
  mean: Estimate | null;
  /** The effects compared with the base; null for the base itself, without one, and after a mismatch. */
  effect: { conversion: Judged | null; revenue: Judged | null; capped: Capped | null } | null;
}

export interface Judged extends Effect {
  verdict: Verdict;
  /** The days until the interval leaves 0, if the difference stays as it is; null where it has, and where two years are not enough. */
  moreDays: number | null;
}

/** The difference in revenue with each customer's revenue limited to the cap; its interval may be looked at every day. */
export interface Capped {
  cap: number;
  always: Estimate;
}

/** `few`: too few customers for an interval that can be relied on; `open`: the interval has 0 in it. */
export type Verdict = 'more' | 'less' | 'open' | 'few';

const DAY = 86_400_000;

/** The intervals cannot be relied on with fewer customers in an arm, or fewer goals in both arms. */
const leastCustomers = 100;
const leastConverted = 10;

/** The share of those with revenue, of all arms together, who have at most the cap. */
const largest = 0.99;

const none: Sums = {
  ...{ n: 0, converted: 0, revenue: 0, squares: 0, cap: null, capped: 0, cappedSquares: 0 },
  ...{ events: 0, eventSquares: 0, eventHits: 0, spent: 0, spentSquares: 0, spentProducts: 0 },
};

/** Compares the arms of each split until an instant (epoch milliseconds) by the goal of their version. `campaign`: only those of this one. */
export async function experiments(
  db: Database,
  program: Program,
  to: number,
  campaign?: string,
): Promise<Experiment[]> {
  const entered = sql`e.entered_at < ${to}::bigint`;
  const splits = await drawnSplits(db, entered, campaign);
  if (splits.length === 0) return [];
  const places = splits.flatMap(({ arms }, nth) => arms.map(({ arm }) => ({ nth, arm })));
  const past = await pastOf(db, program, splits, to);
  const { double, decimal } = db.dialect.types;
  const large = sql`u.amount > l.cap`;
  const cells = await db.query<Sums & { place: number }>(sql`
    WITH split_arm (place, nth) AS (VALUES ${join(places.map(({ nth }, place) => sql`(${place}::integer, ${nth}::integer)`))}),
      u AS MATERIALIZED (${drawn(db, splits, entered)}),
      l AS (SELECT a.nth, percentile_cont(${largest}::${raw(double)}) WITHIN GROUP (ORDER BY u.amount) AS cap
        FROM u JOIN split_arm a ON a.place = u.place WHERE u.amount > 0 GROUP BY a.nth),
      o AS (SELECT u.place, count(*) AS n, sum(u.hit) AS converted, coalesce(sum(u.amount::${raw(decimal)}), 0) AS revenue,
          coalesce(sum(u.amount * u.amount), 0) AS squares, max(l.cap) AS cap,
          coalesce(sum(CASE WHEN ${large} THEN l.cap ELSE u.amount END), 0) AS capped,
          coalesce(sum(CASE WHEN ${large} THEN l.cap * l.cap ELSE u.amount * u.amount END), 0) AS "cappedSquares"
        FROM u JOIN split_arm a ON a.place = u.place LEFT JOIN l ON l.nth = a.nth GROUP BY u.place),
      p AS (SELECT p.place, sum(p.events) AS events, sum(p.events * p.events) AS squares, sum(p.events * p.hit) AS hits, sum(p.spent) AS spent,
          sum(p.spent * p.spent) AS "spentSquares", sum(p.spent * p.amount) AS products FROM (${past}) p GROUP BY p.place)
    SELECT o.*, coalesce(p.events, 0) AS events, coalesce(p.squares, 0) AS "eventSquares", coalesce(p.hits, 0) AS "eventHits",
      coalesce(p.spent, 0) AS spent, coalesce(p."spentSquares", 0) AS "spentSquares", coalesce(p.products, 0) AS "spentProducts"
    FROM o LEFT JOIN p ON p.place = o.place`);
  return splits.flatMap((split, nth) => {
    const mine = cells.flatMap(({ place, ...cell }): Cell[] => {
      const found = places[place];
      return found?.nth === nth ? [{ arm: found.arm, ...cell }] : [];
    });
    return mine.length > 0 ? [compared(split, mine, to)] : [];
  });
}

/** Sums over those in an arm. */
type Sums = {
  n: number;
  converted: number;
  revenue: number;
  squares: number;
  /** Null where there is no revenue. */
  cap: number | null;
  capped: number;
  cappedSquares: number;
  /** Sums about the time before the entry: the events that are the goal now, their values, and the products of both with the outcomes. */
  events: number;
  eventSquares: number;
  eventHits: number;
  spent: number;
  spentSquares: number;
  spentProducts: number;
};

type Cell = Sums & { arm: string };

/**
 * Selects what was drawn (place, unit, customer, started, hit, amount) into each arm, once each, of versions that have a goal. `place`: the number of
 * the arm among those of all splits. Numbers are grouped and joined, not names: millions of names take twice the time.
 */
function drawn(db: Database, splits: Split[], entered: Sql): Sql {
  const arms = splits.flatMap(({ campaign, version, redraw, arms }) =>
    arms.map(({ paths }) => ({ campaign, version, redraw, paths })),
  );
  const rows = arms.flatMap(({ campaign, version, redraw, paths }, place) =>
    paths.map(
      (path) => sql`(${place}::integer, ${campaign}::text, ${version}::text, ${path}::text, ${redraw}::boolean)`,
    ),
  );
  // A condition in the key would double the time.
  const unit = splits.some(({ redraw }) => redraw)
    ? sql`CASE WHEN a.redraw THEN e.enrolment ELSE e.customer END`
    : sql`e.customer`;
  return sql`
    SELECT a.place, ${unit} AS unit, min(e.customer) AS customer,
      min(e.started_at) AS started, max(CASE WHEN e.goal_at IS NULL THEN 0 ELSE 1 END) AS hit,
      sum(e.goal_value::${raw(db.dialect.types.double)}) AS amount
    FROM enrolment e JOIN (VALUES ${join(rows)}) AS a (place, campaign, version, path, redraw)
      ON a.campaign = e.campaign AND a.version = e.version AND a.path = e.arm
    JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version AND k.goal_within IS NOT NULL
    WHERE ${entered} GROUP BY 1, 2`;
}

function compared({ arms, redraw, began, ...split }: Split, cells: Cell[], to: number): Experiment {
  const days = (to - began) / DAY;
  const counted = arms.map(({ paths: _, ...arm }) => ({
    ...arm,
    ...(cells.find((cell) => cell.arm === arm.arm) ?? none),
  }));
  const ratio = sampleRatio(counted.map(({ n, share }) => ({ n, weight: share }))) ?? null;
  const against = baseOf(
    counted.map(({ arm, control }) => ({ name: arm, control })),
    split.template !== null,
  )?.name;
  const without = ratio?.mismatch ? 'mismatch' : against === undefined ? 'control' : null;
  const confidence = eachOfSeveral(usual, counted.length - 1);
  const sampled = counted.map(({ n, converted, revenue, squares, ...arm }) => ({
    arm: arm.arm,
    control: arm.control,
    share: arm.share,
    n,
    converted,
    revenue: toMoney(revenue),
    shares: pairsOf({
      ...{ n, sum: converted, squares: converted },
      ...{ secondSum: arm.events, secondSquares: arm.eventSquares, products: arm.eventHits },
    }),
    limited: sampleOf(n, arm.capped, arm.cappedSquares),
    amounts: pairsOf({
      ...{ n, sum: revenue, squares },
      ...{ secondSum: arm.spent, secondSquares: arm.spentSquares, products: arm.spentProducts },
    }),
  }));
  const base = sampled.find(({ arm }) => arm === against);
  const cap = cells[0]?.cap ?? null;
  return {
    ...split,
    unit: redraw ? 'entry' : 'customer',
    ratio,
    without,
    days,
    base: against ?? null,
    arms: sampled.map(({ shares, amounts, limited, ...arm }): ExperimentArm => {
      const few = !base || Math.min(arm.n, base.n) < leastCustomers || arm.converted + base.converted < leastConverted;
      const judge = (found: Effect | undefined, mine: Pairs, control: Pairs): Judged | null => {
        if (!found) return null;
        const verdict = few ? 'few' : verdictOf(found);
        return {
          ...found,
          verdict,
          moreDays:
            verdict === 'more' || verdict === 'less' ? null : moreDays(mine.first, control.first, days, confidence),
        };
      };
      return {
        ...arm,
        conversion: shareInterval({ hits: arm.converted, n: arm.n }) ?? null,
        mean: meanInterval(amounts.first) ?? null,
        effect:
          base && without === null && arm.arm !== against
            ? {
                conversion: judge(effect(shares, base.shares, confidence), shares, base.shares),
                revenue: judge(effect(amounts, base.amounts, confidence), amounts, base.amounts),
                capped: cappedEffect(cap, limited, base.limited, confidence),
              }
            : null,
      };
    }),
  };
}

function cappedEffect(cap: number | null, treated: Sample, control: Sample, confidence: number): Capped | null {
  const measured = difference(treated, control);
  if (cap === null || !measured) return null;
  return { cap: toMoney(cap), always: sequentialInterval(measured, treated.n + control.n, confidence) };
}

function moreDays(treated: Sample, control: Sample, days: number, confidence: number): number | null {
  if (control.mean <= 0 || treated.mean === control.mean) return null;
  const perDay = { treated: treated.n / days, control: control.n / days };
  const all = daysNeeded({ control, perDay }, treated.mean / control.mean - 1, { ...daily, confidence });
  return all === undefined ? null : Math.max(1, Math.ceil(all - days));
}

/** The adjusted interval decides wherever there is one: the choice must not depend on the results. */
function verdictOf({ always, freed }: Effect): Verdict {
  const { low, high } = freed?.always ?? always;
  if (low > 0) return 'more';
  return high < 0 ? 'less' : 'open';
}
