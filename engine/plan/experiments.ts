import sql, { type Sql } from 'sql-template-tag';
import { baseOf } from '../../spec/model/variants.ts';
import { type Course, shareInTime } from '../metrics/stats/in-time.ts';
import { daily, daysNeeded, detectableLift } from '../metrics/stats/power.ts';
import { usual } from '../metrics/stats/sample.ts';
import { eachOfSeveral } from '../metrics/stats/several-arms.ts';
import { canonical } from '../program/hash.ts';
import type { ArmRow, CompiledCampaign, Next, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { DAY } from './hours.ts';

/** A split with a control arm, or a send with variants, to which all customers of a campaign with a goal come, and what it will be able to show. */
export interface Experiment {
  campaign: string;
  /** The id of the step. */
  split: string;
  /** The shares of the control (of variants, of the one that the others are compared with), and of the smallest of the other arms, 0 … 1; that one is seen last. */
  control: number;
  treated: number;
  /** The number of arms that are compared with the control. */
  arms: number;
  /** Customers who enter the campaign in a day. */
  perDay: number;
  /** The share of customers who reach the goal in its time, 0 … 1; absent: nobody has been looked at for the whole time. */
  rate?: number;
  /** The whole days until a difference of `more` is detected with a power of 0.8 by daily looks; absent: two years are not enough. */
  days?: number;
  /** The smallest relative effect that is seen after `after` days; absent: none is. */
  smallest?: number;
}

/** The relative effect, 0.1 for 10 %, and the days, for which a plan says what is needed. */
export const [more, after] = [0.1, 28];

/** Older enrolments say little about the coming ones. */
const longest = 90 * DAY;
/** The number of parts into which the time of a goal is divided. */
const parts = 24;

/** The times in which customers reached the goal of each campaign, or for which they have been followed. */
export type Courses = Map<string, Course[]>;

/** Returns the courses of the enrolments before an instant, of all versions with the goal that the program has. */
export async function goalCourses(db: Database, program: Program, until: number): Promise<Courses> {
  const wanted = new Map(experimentsOf(program).map(({ campaign }) => [campaign.name, campaign]));
  const versions = await db.query<{ campaign: string; version: string; definition: string }>(
    sql`SELECT campaign, version, definition FROM campaign`,
  );
  const found: Courses = new Map();
  for (const { campaign, version, definition } of versions) {
    const goal = wanted.get(campaign)?.goal;
    if (!goal || canonical((JSON.parse(definition) as CompiledCampaign).goal) !== canonical(goal)) continue;
    const end = sql`least(${until}::bigint, e.started_at + ${goal.within}::bigint)`;
    const happened = sql`e.goal_at IS NOT NULL AND e.goal_at <= ${end}`;
    const part = (at: Sql) => sql`floor((${at} - e.started_at)::double * ${parts}::integer / ${goal.within}::bigint)`;
    const rows = await db.query<{ part: number; happened: boolean; n: number }>(sql`
      SELECT CASE WHEN ${happened} THEN least(${part(sql`e.goal_at`)}, ${parts - 1}::integer) ELSE ${part(end)} END AS part,
        ${happened} AS happened, count(*) AS n
      FROM enrolment e WHERE e.campaign = ${campaign} AND e.version = ${version}
        AND e.started_at < ${until}::bigint AND e.started_at >= ${until - goal.within - longest}::bigint
      GROUP BY 1, 2`);
    found.set(campaign, [...(found.get(campaign) ?? []), ...rows]);
  }
  return found;
}

/** Returns what the experiments of a program will show. `entries`: the customers who enter each campaign within so many days. */
export function experiments(
  program: Program,
  entries: ReadonlyMap<string, number>,
  days: number,
  courses: Courses,
): Experiment[] {
  return experimentsOf(program).map(({ campaign, split, arms, base }) => {
    const shares = (isControl: boolean) =>
      arms.flatMap((arm) => ((arm.control || arm === base) === isControl ? [arm.to - arm.from] : []));
    const rate = shareInTime(courses.get(campaign.name) ?? [], parts);
    const treated = shares(false);
    return withTimes({
      campaign: campaign.name,
      split,
      control: rounded(shares(true).reduce((sum, one) => sum + one, 0)),
      treated: rounded(Math.min(...treated)),
      arms: treated.length,
      perDay: (entries.get(campaign.name) ?? 0) / days,
      ...(rate !== undefined && { rate }),
    });
  });
}

/** Shares are written in hundredths of a percent. */
const rounded = (share: number) => Math.round(share * 10_000) / 10_000;

/** Returns the experiment with the times that follow from the rest. */
export function withTimes({ days: _, smallest: __, ...rest }: Experiment): Experiment {
  const { control, treated, arms, perDay, rate } = rest;
  if (rate === undefined) return rest;
  const before = { control: { mean: rate }, perDay: { treated: perDay * treated, control: perDay * control } };
  const judging = { ...daily, confidence: eachOfSeveral(usual, arms) };
  const days = daysNeeded(before, more, judging);
  const smallest = detectableLift(before, after, judging);
  return { ...rest, ...(days !== undefined && { days }), ...(smallest !== undefined && { smallest }) };
}

interface Planned {
  campaign: CompiledCampaign;
  split: string;
  arms: ArmRow[];
  base: ArmRow;
}

function experimentsOf({ campaigns }: Program): Planned[] {
  return campaigns.flatMap((campaign) => {
    const split = campaign.goal && firstSplit(campaign);
    const drawn = split?.arms.filter(({ from, to }) => to > from) ?? [];
    const base = split && baseOf(drawn, split.template !== undefined);
    return split && base && drawn.some((arm) => arm !== base && !arm.control)
      ? [{ campaign, split: split.id, arms: drawn, base }]
      : [];
  });
}

/** Returns the split to which all customers come, if there is one: the way there has no fork. */
function firstSplit({ first, steps }: CompiledCampaign) {
  const rows = new Map(steps.map((row) => [row.id, row]));
  let row = first === null ? undefined : rows.get(first);
  while (row) {
    if (row.kind === 'split') return row;
    const ways = 'next' in row ? new Set([row.next, 'otherwise' in row ? row.otherwise : row.next]) : new Set<Next>();
    const [way] = ways;
    row = ways.size === 1 && way && row.kind !== 'prefer' ? rows.get(way) : undefined;
  }
  return undefined;
}
