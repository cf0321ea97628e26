import sql, { empty, join, raw } from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { exitReason, messageStatus } from '../store/outcome-sql.ts';
import { dayText, localDay } from './local-day.ts';
import { compare, toMoney } from './messages.ts';
import { type Window, within } from './window.ts';

/** The outcomes of enrolments. A customer who entered twice counts twice. */
export interface EnrolmentCounts {
  entered: number;
  /** The enrolments that can or could reach a goal: their version has one, and no newer journey replaced them before they reached it. */
  aimed: number;
  /** Enrolments that reached the goal within its time. */
  converted: number;
  /** The sum of the values of their goals. */
  revenue: number;
  /** The sum of the squares of those values, for intervals. */
  squares: number;
  /** The cost of all messages to them from these enrolments that were sent, or may have been, on whatever day. */
  spent: number;
}

/** Enrolments in one version that entered on one local day of the project, in the arm in which they are now. */
export interface EnrolmentRow extends EnrolmentCounts {
  campaign: string;
  version: string;
  /** Null before any split; nested ones are joined by `/`. */
  arm: string | null;
  /** `YYYY-MM-DD` */
  day: string;
  /** The last instant at which one of them can still reach the goal; null where none can. */
  openUntil: number | null;
}

interface Group extends Omit<{ [K in keyof EnrolmentRow]: EnrolmentRow[K] }, 'day'> {
  [other: string]: string | number | null;
  day: number;
}

/** Counts enrolments by campaign, version, arm and the project's local day of the entry; later goals count on that day too. `campaign`: only its enrolments. */
export async function enrolmentRows(
  db: Database,
  timezone: string,
  window: Window,
  campaign?: string,
): Promise<EnrolmentRow[]> {
  const decimal = raw(db.dialect.types.decimal);
  const chosen = sql`${within(sql`e.entered_at`, window)}${campaign === undefined ? empty : sql` AND e.campaign = ${campaign}`}`;
  const day = localDay(db, timezone, sql`e.entered_at`, window);
  const away = join([messageStatus.sent, messageStatus.unknown]);
  const waits = sql`FILTER (WHERE e.goal_at IS NULL AND e.reason IS DISTINCT FROM ${exitReason.restarted})`;
  const groups = await db.query<Group>(sql`
    SELECT g.*, CASE WHEN k.goal_within IS NULL THEN 0 ELSE g.alive END AS aimed, g.latest + k.goal_within AS "openUntil",
      coalesce(p.cost, 0) AS spent FROM (
      SELECT e.campaign, e.version, e.arm, ${day} AS "day", count(*) AS entered,
        count(*) FILTER (WHERE e.goal_at IS NOT NULL OR e.reason IS DISTINCT FROM ${exitReason.restarted}) AS alive,
        count(e.goal_at) AS converted, coalesce(sum(e.goal_value::${decimal}), 0) AS revenue,
        coalesce(sum(e.goal_value * e.goal_value), 0) AS squares, max(e.started_at) ${waits} AS latest
      FROM enrolment e WHERE ${chosen} GROUP BY 1, 2, 3, 4) g
    JOIN campaign k ON k.campaign = g.campaign AND k.version = g.version
    LEFT JOIN (
      SELECT e.campaign, e.version, e.arm, ${day} AS "day", sum(m.price::${decimal}) AS cost
      FROM message m JOIN enrolment e ON e.enrolment = m.enrolment
      WHERE ${chosen} AND m.status IN (${away}) GROUP BY 1, 2, 3, 4) p
    ON p.campaign = g.campaign AND p.version = g.version AND p.arm IS NOT DISTINCT FROM g.arm AND p.day = g.day`);
  const rows = groups.map(({ latest: _, alive: __, day, ...group }): EnrolmentRow => ({ ...group, day: dayText(day) }));
  return rows.sort(
    (a, b) =>
      compare(a.campaign, b.campaign) ||
      compare(a.arm ?? '', b.arm ?? '') ||
      compare(a.day, b.day) ||
      compare(a.version, b.version),
  );
}

export function nobody(): EnrolmentCounts {
  return { entered: 0, aimed: 0, converted: 0, revenue: 0, squares: 0, spent: 0 };
}

export function addEnrolments(a: EnrolmentCounts, b: EnrolmentCounts): EnrolmentCounts {
  return {
    entered: a.entered + b.entered,
    aimed: a.aimed + b.aimed,
    converted: a.converted + b.converted,
    revenue: toMoney(a.revenue + b.revenue),
    squares: a.squares + b.squares,
    spent: toMoney(a.spent + b.spent),
  };
}
