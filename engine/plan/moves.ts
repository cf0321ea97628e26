import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Estimate } from '../dry-run/sample/estimate.ts';
import { canonical } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { DuckDb } from '../store/duckdb.ts';
import { watchedSegment } from './audience-sizes.ts';
import type { Moves } from './details.ts';

/** Holds the members that the simulation of one program leaves for the comparison with the other. */
export interface Members {
  addresses: ReadonlySet<string>;
  path: string;
}

/** The members of what two programs choose differently, in files of a folder: they are ids, so nothing of them is kept. */
export class MemberFiles {
  readonly before: Members;
  readonly after: Members;

  constructor(desired: Program, applied: Program, folder: string) {
    const addresses = changed(desired, applied);
    this.before = { addresses, path: join(folder, 'members-before.parquet') };
    this.after = { addresses, path: join(folder, 'members-after.parquet') };
  }

  /** Returns how many each gains and loses. */
  async moves(): Promise<Moves[]> {
    if (this.after.addresses.size === 0) return [];
    const db = await DuckDb.open(':memory:');
    try {
      const rows = await db.query<{ address: string; enter: number; leave: number }>(sql`
        SELECT address, count(*) FILTER (WHERE b.id IS NULL) AS enter, count(*) FILTER (WHERE a.id IS NULL) AS leave
        FROM ${file(this.before)} b FULL JOIN ${file(this.after)} a USING (address, id) GROUP BY address`);
      const found = new Map(rows.map((row) => [row.address, row]));
      return [...this.after.addresses].sort().map((address) => ({
        address,
        enter: exactly(found.get(address)?.enter ?? 0),
        leave: exactly(found.get(address)?.leave ?? 0),
      }));
    } finally {
      await db.close();
    }
  }

  async remove(): Promise<void> {
    for (const { path } of [this.before, this.after]) await rm(path, { force: true });
  }
}

function file({ path }: Members): Sql {
  return sql`(SELECT * FROM read_parquet(${quoted(path)}))`;
}

const quoted = (path: string) => raw(`'${path.replaceAll("'", "''")}'`);

const exactly = (n: number): Estimate => ({ estimate: n, low: n, high: n });

/** Writes the members of each of the addresses to the file. `audiences`: queries (customer) by address. */
export async function keepMembers(db: Database, audiences: Map<string, Sql>, members: Members): Promise<void> {
  if (members.addresses.size === 0) return;
  await db.run(sql`CREATE OR REPLACE TEMP TABLE kept_members (address text, id text)`);
  for (const address of members.addresses) {
    const rows = audiences.get(address);
    if (rows)
      await db.run(sql`
        INSERT INTO kept_members (address, id)
        SELECT ${address}::text, c.id FROM customer c WHERE c.customer IN (SELECT r.customer FROM (${rows}) r)`);
  }
  await db.run(sql`COPY kept_members TO ${quoted(members.path)} (FORMAT parquet)`);
  await db.run(sql`DROP TABLE kept_members`);
}

/** Returns the addresses of the segments, and of the campaigns on segments, whom both programs have and choose differently. */
export function changed(desired: Program, applied: Program): Set<string> {
  const now = choices(desired);
  const sameData = canonical(desired.data) === canonical(applied.data);
  const sameLists = canonical(desired.lists) === canonical(applied.lists);
  return new Set(
    [...choices(applied)].flatMap(([address, choice]) => {
      const other = now.get(address);
      return other === undefined || (other === choice && sameData && sameLists) ? [] : [address];
    }),
  );
}

/** The definitions that decide on the members, by address. */
function choices(program: Program): Map<string, string> {
  const segments = program.segments.map(({ name, query }) => [`segment.${name}`, canonical(query)] as const);
  const campaigns = program.campaigns.flatMap((campaign) => {
    const segment = watchedSegment(campaign, program);
    return segment
      ? [[`campaign.${campaign.name}`, canonical([segment.query, campaign.audience ?? null])] as const]
      : [];
  });
  return new Map([...segments, ...campaigns]);
}
