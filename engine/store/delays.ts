import sql from 'sql-template-tag';
import { type Crossing, readCrossed } from './crossing.ts';
import type { Database } from './database.ts';

/** A delay of customers or messages that is over. */
export interface Delay {
  /** `data`: a file that could not be relied on; `removal`: of a campaign that was put back. */
  kind: 'all' | 'campaign' | 'channel' | 'data' | 'removal';
  /** The campaign or the channel; empty for `all`. */
  name: string;
  /** The file; empty for other kinds. */
  path: string;
  /** Epoch milliseconds. */
  since: number;
  until: number;
  /** The timers of the customers who waited were moved by it. */
  shifted?: true;
  /** The guardrails that caused the pause. */
  crossed?: Crossing[];
}

/** Notes delays that are over, unless the store is one that an earlier Kaskad has left. */
export async function noteDelays(db: Database, delays: Delay[]): Promise<void> {
  if (delays.length === 0 || !(await knows(db))) return;
  for (const { kind, name, path, since, until, shifted = false, crossed } of delays)
    await db.run(sql`
      INSERT INTO delay (kind, name, path, since, until, shifted, crossed)
      VALUES (${kind}::text, ${name}::text, ${path}::text, ${since}::bigint, ${until}::bigint, ${shifted}::boolean,
        ${crossed ? JSON.stringify(crossed) : null}::text)`);
}

/** Returns the delays that are over, in the order of time. */
export async function readDelays(db: Database): Promise<Delay[]> {
  if (!(await knows(db))) return [];
  const rows = await db.query<
    { [K in Exclude<keyof Delay, 'shifted' | 'crossed'>]: Delay[K] } & { shifted: boolean; crossed: string | null }
  >(sql`
    SELECT kind, name, path, since, until, coalesce(shifted, FALSE) AS shifted, crossed FROM delay
    ORDER BY since, until, kind, name, path`);
  return rows.map(({ shifted, crossed, ...delay }) => ({
    ...delay,
    ...(shifted && { shifted }),
    ...readCrossed(crossed),
  }));
}

async function knows(db: Database): Promise<boolean> {
  const table = sql`FROM information_schema.tables WHERE table_name = 'delay'`;
  return (await db.query(sql`SELECT 1 AS n ${table}`)).length > 0;
}
