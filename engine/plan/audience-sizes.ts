import sql, { empty, type Sql } from 'sql-template-tag';
import type { CompiledCampaign, CompiledSegment, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ask, members, type QueryContext } from '../store/query-sql.ts';
import { contextOutside } from '../store/scales.ts';

/** Sizes by the address of a segment, or of a campaign that a segment triggers. */
export type Sizes = Map<string, number>;

/** Returns the number of customers in each audience. */
export async function sizesOf(db: Database, audiences: Map<string, Sql>): Promise<Sizes> {
  const sizes: Sizes = new Map();
  for (const [address, rows] of audiences) sizes.set(address, await count(db, rows));
  return sizes;
}

/** Returns queries (customer) for the members of each segment, and for each campaign's audience, by the address and the tables at `now`. */
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

/** Returns the segment that the campaign watches; undefined: it watches none. */
export function watchedSegment({ trigger }: CompiledCampaign, { segments }: Program): CompiledSegment | undefined {
  if (trigger.kind !== 'segment') return undefined;
  const segment = segments.find(({ name }) => name === trigger.segment);
  if (!segment) throw new Error(`segment "${trigger.segment}" is not linked`);
  return segment;
}

/** Returns the members of the segment that the campaign watches, of those its audience admits; undefined: it watches none. */
function audience(campaign: CompiledCampaign, context: QueryContext): Sql | undefined {
  const segment = watchedSegment(campaign, context.program);
  if (!segment) return undefined;
  const { audience } = campaign;
  const rows = members(segment.query, context);
  if (!audience) return rows;
  const { joins, where } = ask(audience, context);
  return sql`SELECT c.customer FROM customer c ${joins} WHERE ${where} AND c.customer IN (${rows})`;
}

/** Returns how many customers the audience of each named campaign admits, whatever its trigger, by what the tables say at `now`. */
export async function admitted(
  db: Database,
  program: Program,
  names: ReadonlySet<string>,
  now: number,
): Promise<Record<string, number>> {
  const context = await contextOutside(db, program, now);
  const sizes: Record<string, number> = {};
  for (const campaign of program.campaigns) {
    if (!names.has(campaign.name)) continue;
    const question = campaign.audience && ask(campaign.audience, context);
    const everybody = sql`SELECT c.customer FROM customer c ${question?.joins ?? empty} WHERE ${question?.where ?? sql`TRUE`}`;
    sizes[campaign.name] = await count(db, audience(campaign, context) ?? everybody);
  }
  return sizes;
}

async function count(db: Database, rows: Sql): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM (${rows}) members`);
  return row?.n ?? 0;
}
