import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { keepsOut, reentryMs, sendsOf, toCustomers } from '../program/facts.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { afterTick, readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { addressOf, ask } from '../store/query-sql.ts';
import { type Entered, entered } from '../store/rollout-sql.ts';
import { contextOutside } from '../store/scales.ts';
import { andNamed } from './removed-customers.ts';

/** The customers whom a launch would enter now, before hold-outs, caps and quiet hours. */
export interface Audience {
  /** Customers for whom the campaign's audience is true. */
  customers: number;
  /** The customers who may enter: they are not in it, its rule of re-entry lets them, and so does the stage of its rollout. */
  entering: number;
  /** The channels of the journey, and whom of those who enter they reach; undefined where they go to no customer. */
  channels: { channel: string; reachable?: number }[];
}

/** Executes one statement over all customers. `now`: epoch milliseconds. */
export async function audienceNow(
  db: Database,
  { program, campaign, now }: { program: Program; campaign: CompiledCampaign; now: number },
): Promise<Audience> {
  const context = await contextOutside(db, program, now);
  const at = { id: sql`c.id`, now: sql`${now}::bigint` };
  const cursors = await readCursors(db);
  const next = sql`${afterTick(now, cursors.get('tick'))}::bigint`;
  const versions = entered(db.dialect, campaign, cursors, { ...at, now: next });
  const used = new Set(versions.flatMap(({ version }) => sendsOf(version)).map(({ channel }) => channel));
  const channels = program.channels.filter(({ name }) => used.has(name));
  const reached = channels.map(
    (_, i) => sql`, count(*) FILTER (WHERE a.enters AND ${column('reach', i)}) AS ${column('reached', i)}`,
  );
  const of = ({ version, stage = sql`TRUE` }: Entered) => {
    const question = version.audience && ask(version.audience, context);
    const sends = new Set(sendsOf(version).map(({ channel }) => channel));
    const reach = channels.map(
      ({ name }, i) =>
        sql`, ${sends.has(name) ? reaches(program, version, name) : sql`FALSE`} AS ${column('reach', i)}`,
    );
    // Those whom a stage keeps out are in the audience; those who enter another version are in that one's.
    const [lets, only] = campaign.rollout ? [stage, sql`TRUE`] : [sql`TRUE`, stage];
    return sql`
      SELECT NOT EXISTS (
          SELECT 1 FROM enrolment p WHERE p.customer = c.customer AND p.campaign = ${campaign.name}
            AND (p.status = ${enrolmentStatus.active} OR ${keepsOut(sql`${reentryMs(version.reenter)}::bigint`, at.now)}))${andNamed(program, sql`c.customer`)} AND ${lets} AS enters${listed(reach)}
      FROM customer c ${question?.joins ?? empty} WHERE ${question?.where ?? sql`TRUE`} AND ${only}`;
  };
  const [row] = await db.query<Record<string, number>>(sql`
    SELECT count(*) AS customers, count(*) FILTER (WHERE a.enters) AS entering${listed(reached)}
    FROM (${join(versions.map(of), ' UNION ALL ')}) a`);
  return {
    customers: row?.customers ?? 0,
    entering: row?.entering ?? 0,
    channels: channels.map((channel, i) => ({
      channel: channel.name,
      ...(toCustomers(channel) && { reachable: row?.[`reached${i}`] ?? 0 }),
    })),
  };
}

/** Does the same as `reachable(…)`, but transactional messages need no consent. */
function reaches(program: Program, { category }: CompiledCampaign, channel: string): Sql {
  const consent = sql`EXISTS (SELECT 1 FROM subscription s WHERE s.customer = c.customer AND s.channel = ${channel})`;
  return sql`(${addressOf(program, channel)} IS NOT NULL AND ${category === 'marketing' ? consent : sql`TRUE`}
    AND NOT EXISTS (SELECT 1 FROM blocked s WHERE s.customer = c.customer AND s.channel = ${channel}))`;
}

/** Asked for and not taken yet: when, earliest first. Epoch milliseconds. */
export async function pendingLaunches(db: Database, campaign: string): Promise<number[]> {
  const rows = await db.query<{ at: number }>(sql`
    SELECT "at" FROM launch WHERE campaign = ${campaign} AND taken_at IS NULL ORDER BY "at"`);
  return rows.map(({ at }) => at);
}

/** A launch that no tick has taken yet. `at`: the instant from which on a tick takes it, epoch milliseconds. */
export interface PendingLaunch {
  launch: number;
  campaign: string;
  at: number;
}

/** Returns the launches of all campaigns that no tick has taken yet, the earliest first. */
export function launchesToCome(db: Database): Promise<PendingLaunch[]> {
  return db.query<{ launch: number; campaign: string; at: number }>(
    sql`SELECT launch, campaign, "at" FROM launch WHERE taken_at IS NULL ORDER BY "at", launch`,
  );
}

/** Has the first tick from `at` (epoch milliseconds) on bring the campaign's audience in. Returns the launch's number. */
export async function requestLaunch(db: Database, launch: { campaign: string; at: number }): Promise<number> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<{ next: number }>(sql`SELECT coalesce(max(launch), 0) + 1 AS next FROM launch`);
    const next = row?.next ?? 1;
    await tx.run(sql`
      INSERT INTO launch (launch, campaign, "at", taken_at)
      VALUES (${next}, ${launch.campaign}, ${launch.at}::bigint, NULL)`);
    return next;
  });
}

function column(name: string, index: number): Sql {
  return raw(`${name}${index}`);
}

function listed(parts: Sql[]): Sql {
  return parts.length === 0 ? empty : join(parts, '');
}
