import sql from 'sql-template-tag';
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
}

/** Notes delays that are over, unless the store is one that an earlier Kaskad has left. */
export async function noteDelays(db: Database, delays: Delay[]): Promise<void> {
  if (delays.length === 0 || !(await knows(db))) return;
  for (const { kind, name, path, since, until, shifted = false } of delays)
    await db.run(sql`
      INSERT INTO delay (kind, name, path, since, until, shifted)
      VALUES (${kind}::text, ${name}::text, ${path}::text, ${since}::bigint, ${until}::bigint, ${shifted}::boolean)`);
}

/** Returns the delays that are over, in the order of time. */
export async function readDelays(db: Database): Promise<Delay[]> {
  if (!(await knows(db))) return [];
  const rows = await db.query<{ [K in Exclude<keyof Delay, 'shifted'>]: Delay[K] } & { shifted: boolean }>(sql`
    SELECT kind, name, path, since, until, coalesce(shifted, FALSE) AS shifted FROM delay
    ORDER BY since, until, kind, name, path`);
  return rows.map(({ shifted, ...delay }) => ({ ...delay, ...(shifted && { shifted }) }));
}

async function knows(db: Database): Promise<boolean> {
  const table = sql`FROM information_schema.tables WHERE table_name = 'delay'`;
  return (await db.query(sql`SELECT 1 AS n ${table}`)).length > 0;
}
