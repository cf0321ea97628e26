import sql from 'sql-template-tag';
import { releasedBy, standingAt, versionsInside } from '../deploy/move-inside.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, messageStatus } from '../store/outcome-sql.ts';
import { keyOf } from './fates.ts';

/** The customers inside versions of campaigns. */
export interface Inside {
  /** `active`: enrolments; `waiting`: messages decided and not yet sent; the steps at which customers stand in the order of the version. */
  standing: {
    campaign: string;
    version: string;
    active: number;
    waiting: number;
    steps: { step: string; customers: number }[];
  }[];
  /** The versions that have customers inside. */
  versions: { version: string; definition: CompiledCampaign }[];
  /** The number of customers at each step whom the first tick by the desired Program's times releases, by `keyOf`. */
  released: ReadonlyMap<string, number>;
}

export const nobody: Inside = { standing: [], versions: [], released: new Map() };

/**
 * Counts the customers inside each version of each campaign, and at each of its steps. `tick`: the instant of the first tick after an apply
 * of the desired Program, epoch milliseconds.
 */
export async function inFlight(db: Database, desired?: { program: Program; tick: number }): Promise<Inside> {
  const rows = await db.query<{ campaign: string; version: string; active: number; waiting: number }>(sql`
    SELECT k.campaign, k.version, coalesce(e.n, 0) AS active, coalesce(m.n, 0) AS waiting FROM campaign k
    LEFT JOIN (SELECT campaign, version, count(*) AS n FROM enrolment WHERE status = ${enrolmentStatus.active} GROUP BY campaign, version) e
      ON e.campaign = k.campaign AND e.version = k.version
    LEFT JOIN (SELECT campaign, version, count(*) AS n FROM message WHERE status = ${messageStatus.decided} GROUP BY campaign, version) m
      ON m.campaign = k.campaign AND m.version = k.version
    WHERE coalesce(e.n, 0) + coalesce(m.n, 0) > 0 ORDER BY k.campaign, k.version`);
  const byVersion = Map.groupBy(await standingAt(db), ({ campaign, version }) => `${campaign} ${version}`);
  const released = desired ? await releasedBy(db, desired.program, desired.tick) : [];
  return {
    standing: rows.map((row) => ({
      ...row,
      steps: (byVersion.get(`${row.campaign} ${row.version}`) ?? []).map(({ step, customers }) => ({
        step,
        customers,
      })),
    })),
    versions: await versionsInside(db),
    released: new Map(released.map((one) => [keyOf(one, one.step), one.customers])),
  };
}
