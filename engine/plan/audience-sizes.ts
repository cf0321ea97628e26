import sql, { type Sql } from 'sql-template-tag';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ask, members, type QueryContext } from '../store/query-sql.ts';
import { contextOutside } from '../store/scales.ts';

/** Sizes by the address of a segment, or of a campaign that a segment triggers. */
export type Sizes = Map<string, number>;

/** Returns the number of customers in each audience, by the tables at `now`. */
export async function audienceSizes(db: Database, program: Program, now: number): Promise<Sizes> {
  const sizes: Sizes = new Map();
  for (const [address, rows] of await audiences(db, program, now)) sizes.set(address, await count(db, rows));
  return sizes;
}

/** Returns queries (customer) for the members of each segment, and for each campaign's audience, by the address. */
export async function audiences(db: Database, program: Program, now: number): Promise<Map<string, Sql>> {
  const context = await contextOutside(db, program, now);
  const found = new Map<string, Sql>();
  for (const { name, query } of program.segments) found.set(`segment.${name}`, members(query, context));
  for (const campaign of program.campaigns) {
    const rows = audience(campaign, context);
    if (rows) found.set(`campaign.${campaign.name}`, rows);
  }
  return found;
}

/** Returns the members of the segment that the campaign watches, of those its audience admits; undefined: it watches none. */
function audience({ trigger, audience }: CompiledCampaign, context: QueryContext): Sql | undefined {
  if (trigger.kind !== 'segment') return undefined;
  const segment = context.program.segments.find(({ name }) => name === trigger.segment);
  if (!segment) throw new Error(`segment "${trigger.segment}" is not linked`);
  const rows = members(segment.query, context);
  if (!audience) return rows;
  const { joins, where } = ask(audience, context);
  return sql`SELECT c.customer FROM customer c ${joins} WHERE ${where} AND c.customer IN (${rows})`;
}

async function count(db: Database, rows: Sql): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM (${rows}) members`);
  return row?.n ?? 0;
}
