import sql, { type Sql } from 'sql-template-tag';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ask, members, type QueryContext } from '../store/query-sql.ts';
import { contextOutside } from '../store/scales.ts';

/** Sizes by the address of a segment, or of a campaign that a segment triggers. */
export type Sizes = Map<string, number>;

/** Returns the number of customers in each segment, and in each campaign's audience, by the tables at `now`. */
export async function audienceSizes(db: Database, program: Program, now: number): Promise<Sizes> {
  const context = await contextOutside(db, program, now);
  const sizes: Sizes = new Map();
  for (const { name, query } of program.segments)
    sizes.set(`segment.${name}`, await count(db, members(query, context)));
  for (const campaign of program.campaigns) {
    const rows = audience(campaign, context);
    if (rows) sizes.set(`campaign.${campaign.name}`, await count(db, rows));
  }
  return sizes;
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
