import sql, { empty, join } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

/** Launches by hand that nobody has taken yet and whose time has come, the latest of each campaign. */
export async function dueLaunches(db: Database, program: Program, now: number) {
  if (!hasManual(program)) return new Map<string, { launch: number; at: number }>();
  const rows = await db.query<{ launch: number; campaign: string; at: number }>(sql`
    SELECT launch, campaign, "at" FROM launch WHERE taken_at IS NULL AND "at" <= ${now}::bigint ORDER BY "at", launch`);
  return new Map(rows.map(({ launch, campaign, at }) => [campaign, { launch, at }]));
}

export async function nextLaunch(db: Database, program: Program): Promise<number | undefined> {
  if (!hasManual(program)) return undefined;
  const [row] = await db.query<{ at: number | null }>(sql`SELECT min("at") AS "at" FROM launch WHERE taken_at IS NULL`);
  return row?.at ?? undefined;
}

/** `withheld`: campaigns that take theirs later. */
export async function takeLaunches(db: Database, now: number, withheld: ReadonlySet<string>): Promise<void> {
  const others = withheld.size === 0 ? empty : sql` AND campaign NOT IN (${join([...withheld])})`;
  await db.run(
    sql`UPDATE launch SET taken_at = ${now}::bigint WHERE taken_at IS NULL AND "at" <= ${now}::bigint${others}`,
  );
}

function hasManual({ campaigns }: Program): boolean {
  return campaigns.some(({ trigger }) => trigger.kind === 'manual');
}
